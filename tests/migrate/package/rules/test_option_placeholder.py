from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.support.command_line import run

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("text", ["{{ network | default('dcos') }}", "${NETWORK:-dcos}", "{{network}}"])
def test_the_same_is_said_of_the_file_and_of_its_directory(tmp_path: Path, text: str) -> None:
    options = {
        "service": {"name": "{{ name }}", "virtual_network_enabled": True, "virtual_network_name": text}
    }
    path = tmp_path / "options.json"
    path.write_text(json.dumps(options, indent=1))
    said = []
    for place in (path, tmp_path):
        result = run("package", "--check", "--format", "json", str(place))
        (file,) = result.json["files"]
        (finding,) = file["findings"]
        assert (result.code, file["kind"], file["edits"]) == (0, "options", [])
        assert (finding["rule"], finding["severity"]) == ("option-placeholder", "warning")
        assert (finding["pointer"], finding["line"]) == ("/service/virtual_network_name", 5)
        assert text in finding["message"]
        assert ("dcos in it moves" in finding["message"]) is ("dcos" in text)
        said.append(finding)
    assert said[0] == said[1]


def test_silent_where_only_other_options_are_placeholders(tmp_path: Path) -> None:
    path = tmp_path / "options.json"
    path.write_text('{"service": {"name": "{{ name }}", "virtual_network_name": "dcos"}}')
    report = run("package", "--check", "--format", "json", str(path)).json
    assert report["files"][0]["findings"] == []
    assert report["summary"]["edits"] == 1
