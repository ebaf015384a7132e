"""Options in YAML: the same options, found and renamed as in JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml

from calico_core.errors import InputError
from calico_migrate.network_map import NetworkMap
from calico_migrate.package.options import option_files
from calico_migrate.package.options.written import YamlOptions
from tests.migrate.marathon.yaml.test_foreign import FOREIGN, text_of
from tests.support.command_line import run

if TYPE_CHECKING:
    from pathlib import Path

MAP = NetworkMap()
OPTIONS = """\
# for the queue
service:
  name: queue
  virtual_network_enabled: true
  virtual_network_name: dcos  # moves
  labels: dcos
broker: {virtual_network_name: "dcos"}
"""
MOVED = OPTIONS.replace("name: dcos", "name: calico").replace('"dcos"', '"calico"')


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_names_are_renamed_in_place(ending: str, tmp_path: Path) -> None:
    path = tmp_path / "options.yaml"
    path.write_bytes(OPTIONS.replace("\n", ending).encode())
    result = run("package", str(path))
    assert result.code == 0
    assert result.out.decode() == MOVED.replace("\n", ending)
    report = run("package", "--check", "--format", "json", str(path))
    assert report.code == 1
    (file,) = report.json["files"]
    assert file["kind"] == "options"
    assert [(edit["pointer"], edit["line"], edit["column"]) for edit in file["edits"]] == [
        ("/service/virtual_network_name", 5, 25),
        ("/broker/virtual_network_name", 7, 32),
    ]
    assert run("package", "-w", str(tmp_path)).code == 0
    assert path.read_bytes() == MOVED.replace("\n", ending).encode()
    assert run("package", "--check", str(tmp_path)).code in (0, 3)


def test_what_only_enables_the_network_is_told_as_in_json(tmp_path: Path) -> None:
    path = tmp_path / "options.yml"
    path.write_text("service:\n  virtual_network_enabled: true\n")
    found = run("package", "--check", "--format", "json", str(path)).json["files"][0]["findings"]
    assert [(finding["rule"], finding["line"]) for finding in found] == [("network-by-default", 2)]


def test_a_placeholder_is_told_and_stays(tmp_path: Path) -> None:
    path = tmp_path / "options.yml"
    text = "service:\n  virtual_network_name: ${NETWORK:-dcos}\n"
    path.write_text(text)
    found = run("package", "-w", "--format", "json", str(path)).json["files"][0]["findings"]
    assert [finding["rule"] for finding in found] == ["option-placeholder"]
    assert path.read_text() == text


@pytest.mark.parametrize(
    "text, words",
    [
        ("service: {virtual_network_name: &n dcos}\nother: {name: *n}\n", "an alias uses it elsewhere too"),
        ("service: {virtual_network_name: dcos}\n---\n{}\n", "an options file is one"),
        ("service: [\nvirtual_network_name: dcos\n", "is not YAML"),
        ("service:\n  virtual_network_name: {{ network | default('dcos') }}\n", "line 2 ({{ network"),
    ],
)
def test_what_cannot_be_changed_is_one_line(text: str, words: str, tmp_path: Path) -> None:
    path = tmp_path / "options.yaml"
    path.write_text(text)
    result = run("package", "-w", str(path))
    assert result.code == 3
    assert words in result.errors
    assert path.read_text() == text


def test_the_edits_are_proved() -> None:
    written = YamlOptions(OPTIONS)
    options = option_files.network_options(written.value, MAP, [])
    after = written.after(option_files.plan(written, options, MAP))
    assert after == MOVED
    value: dict[str, Any] = yaml.safe_load(OPTIONS)
    value["service"]["virtual_network_name"] = value["broker"]["virtual_network_name"] = "calico"
    assert yaml.safe_load(after) == value


def test_other_programs_yaml_stays_byte_for_byte(tmp_path: Path) -> None:
    files = {tmp_path / f"{name}.yaml": text_of(name) for name in FOREIGN if name != "service-specification"}
    for path, text in files.items():
        path.write_text(text)
    result = run("package", "-w", "--format", "json", str(tmp_path))
    assert result.json["summary"]["edits"] == 0
    assert result.json["summary"]["failed"] == 0
    assert {path: path.read_text() for path in files} == files


def test_no_yaml_at_all_is_an_input_error() -> None:
    with pytest.raises(InputError):
        YamlOptions("")
