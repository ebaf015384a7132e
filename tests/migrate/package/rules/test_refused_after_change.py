"""What Marathon would refuse once a package is edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.migrate.package.making import NAME, config_text, group, texts, write
from tests.support.command_line import run

if TYPE_CHECKING:
    from pathlib import Path

CONFIG = config_text(service=group(name={"type": "string", "default": "demo"}, virtual_network_name=NAME))
BOTH = (
    '{"id": "/demo", "cmd": "./run",\n'
    ' "networks": [{"name": "calico"}, {"name": "{{service.virtual_network_name}}"}]}\n'
)


@pytest.mark.parametrize("options", [["--check"], ["--diff"], ["-w"]])
def test_nothing_is_written_and_an_error_says_why(tmp_path: Path, options: list[str]) -> None:
    directory = write(tmp_path / "demo", texts(CONFIG, BOTH))
    before = {path.name: path.read_bytes() for path in directory.iterdir()}
    result = run("package", *options, str(directory))
    assert result.code == 5
    said = result.text + result.errors
    assert "refused-after-change: error: the package stays as it is" in said
    assert "Duplicate networks are not allowed" in said
    assert {path.name: path.read_bytes() for path in directory.iterdir()} == before


def test_silent_where_the_networks_differ(tmp_path: Path) -> None:
    template = BOTH.replace('"calico"', '"other"')
    result = run("package", "--check", str(write(tmp_path / "demo", texts(CONFIG, template))))
    assert result.code == 1
    assert "refused-after-change" not in result.text
