"""On a terminal each app has a heading; in a pipe each line names its app."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.support.terminals import on_a_terminal

if TYPE_CHECKING:
    from pathlib import Path

APPS = [
    {"id": f"/shop/{name}", "cmd": "ping 9.0.1.2", "networks": [{"mode": "container", "name": "dcos"}]}
    for name in ("web", "api")
]


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"NO_COLOR": ""}])
def test_an_app_has_one_heading_with_all_its_lines(tmp_path: Path, environment: dict[str, str]) -> None:
    path = tmp_path / "apps.json"
    path.write_text(json.dumps({"apps": APPS}))
    _, text = on_a_terminal("marathon", "--check", str(path), **environment)
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
