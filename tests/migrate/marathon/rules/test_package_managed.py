"""Apps of packages that are not sent back to Marathon."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.support.command_line import run

if TYPE_CHECKING:
    from pathlib import Path

APP = {"id": "/kafka", "cmd": "./run", "networks": [{"mode": "container", "name": "dcos"}]}
LABELS = {"DCOS_PACKAGE_NAME": "kafka", "DCOS_SERVICE_NAME": "kafka", "DCOS_COMMONS_API_VERSION": "v1"}


@pytest.mark.parametrize("options", [[], ["--format", "json"]])
def test_is_held_back_with_the_way_through_its_options(tmp_path: Path, options: list[str]) -> None:
    path, new = tmp_path / "app.json", tmp_path / "new.json"
    path.write_text(json.dumps(APP | {"labels": LABELS}))
    result = run("marathon", "--for-update", *options, str(path), "-o", str(new))
    assert result.code == 1
    assert not new.exists()
    assert "package-managed" in result.text + result.errors
    assert "dcos kafka update start --name=kafka --options=FILE" in result.text + result.errors


def test_stands_at_the_label_that_says_so(tmp_path: Path) -> None:
    path = tmp_path / "app.json"
    path.write_text(json.dumps(APP | {"labels": LABELS}, indent=2))
    (file,) = run("marathon", "--for-update", "--format", "json", str(path)).json["files"]
    (finding,) = [each for each in file["findings"] if each["rule"] == "package-managed"]
    assert (finding["line"], finding["column"], finding["pointer"]) == (11, 26, "/labels/DCOS_PACKAGE_NAME")


def test_silent_for_an_app_of_ones_own_and_without_for_update(tmp_path: Path) -> None:
    path = tmp_path / "app.json"
    path.write_text(json.dumps(APP))
    result = run("marathon", "--for-update", str(path))
    assert (result.code, json.loads(result.out)["networks"][0]["name"]) == (0, "calico")
    path.write_text(json.dumps(APP | {"labels": LABELS}))
    assert "package-managed" not in run("marathon", "--check", str(path)).text
