"""Which files are opened, and as what."""

from __future__ import annotations

import pytest

from calico_migrate.marathon.languages import Language, is_wanted, language_of


@pytest.mark.parametrize(
    "name, json, yaml",
    [
        ("app.json", True, False),
        ("APP.JSON", True, False),
        ("app.yaml", False, True),
        ("app.Yml", False, True),
        ("app.json.j2", False, False),
        ("yaml", False, False),
    ],
)
def test_what_is_opened_in_a_directory(name: str, json: bool, yaml: bool) -> None:
    assert is_wanted(name) is (json or yaml)
    assert is_wanted(name, Language.JSON) is json
    assert is_wanted(name, Language.YAML) is yaml


@pytest.mark.parametrize(
    "path, text, language",
    [
        ("a.json", "id: /a", Language.JSON),
        ("a.yaml", '{"id": "/a"}', Language.YAML),
        ("-", '\ufeff\n {"id": "/a"}', Language.JSON),
        ("-", "[]", Language.JSON),
        ("-", "id: /a", Language.YAML),
        ("-", "", Language.JSON),
        ("app", "---\nid: /a", Language.YAML),
    ],
)
def test_the_language_of_a_file(path: str, text: str, language: Language) -> None:
    assert language_of(path, text) is language
