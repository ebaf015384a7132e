"""On a terminal each app has a heading; in a pipe each line names its app."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

APPS = [
    {"id": f"/shop/{name}", "cmd": "ping 9.0.1.2", "networks": [{"mode": "container", "name": "dcos"}]}
    for name in ("web", "api")
]


def on_a_terminal(*arguments: str, **environment: str) -> str:
    """What the program writes to a terminal of its own."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "calico_migrate", *arguments],
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm", **environment},
    ):
        os.close(theirs)
        parts = []
        while True:
            try:
                part = os.read(ours, 65536)
            except OSError:
                break
            if not part:
                break
            parts.append(part)
    os.close(ours)
    return b"".join(parts).decode()


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"NO_COLOR": ""}])
def test_an_app_has_one_heading_with_all_its_lines(tmp_path: Path, environment: dict[str, str]) -> None:
    path = tmp_path / "apps.json"
    path.write_text(json.dumps({"apps": APPS}))
    text = on_a_terminal("marathon", "--check", str(path), **environment)
    assert "[/shop/" not in text
    web, api = text.index("/shop/web"), text.index("/shop/api")
    assert text.count("/shop/web") == text.count("/shop/api") == 1
    assert web < text.index("rename-network") < api
    assert web < text.index("overlay-address") < api
    assert ("\x1b[" in text) is (environment["NO_COLOR"] == "")


def test_a_pipe_has_no_headings(tmp_path: Path) -> None:
    path = tmp_path / "apps.json"
    path.write_text(json.dumps({"apps": APPS}))
    command = [sys.executable, "-m", "calico_migrate", "marathon", "--check", str(path)]
    lines = subprocess.run(command, capture_output=True, text=True, check=False).stdout.splitlines()
    assert len(lines) == 5
    assert [line.endswith(("[/shop/web]", "[/shop/api]")) for line in lines] == [True] * 4 + [False]
