from __future__ import annotations

import json

from tests.migrate.package import making
from tests.migrate.package.making import config_text
from tests.migrate.package.telling import Teller, release

TWICE = """{
  "properties": {
    "port": {"type": "integer", "default": 80},
    "port": {"type": "integer", "default": 8080}
  }
}
"""


def test_an_option_that_is_declared_twice(told: Teller) -> None:
    report = told(release(making.texts(TWICE, '{"id": "x"}')))
    found = report.one("option-key-twice")
    assert (found.severity, found.file) == ("warning", "config.json")
    assert (found.line, found.column) == (4, 5)
    assert found.here.startswith('"port"')
    assert "'port' comes twice in one object; the last one counts" in found.message
    assert "remove the one that does not count" in found.hint
    assert (report.edits, report.code) == ([], 0)


def test_a_field_of_package_json(told: Teller) -> None:
    files = making.texts()
    files["package.json"] = json.dumps(making.PACKAGE)[:-1] + ', "maintainer": "other@example.com"}'
    report = told(release(files))
    found = report.one("option-key-twice")
    assert (found.file, found.line) == ("package.json", 1)
    assert found.here == '"maintainer": "other@example.com"}'
    assert report.edit("network-option").new == "calico"


def test_a_config_that_would_be_edited_is_an_error_instead(told: Teller) -> None:
    config = making.STANDARD.replace('"type": "object",', '"type": "object", "type": "object",', 1)
    report = told(release(making.texts(config)))
    assert (report.edits, report.code) == ([], 3)
    assert "twice" in report.errors[0]
    assert "option-key-twice" not in report.rules


def test_equal_keys_of_different_objects(told: Teller) -> None:
    config = config_text(a=making.group(port={"default": 1}), b=making.group(port={"default": 2}))
    report = told(release(making.texts(config, '{"id": "x"}')))
    assert (report.rules, report.errors) == (set(), [])
