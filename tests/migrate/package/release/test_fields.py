"""The fields of package.json in a new release, edited in the style of the text."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calico_core.errors import InputError
from calico_core.spans import apply
from calico_migrate.package.release import fields as release_fields
from tests.migrate.package import making


def edited(text: str, version: str = "1.0.0-calico.1") -> str:
    package = json.loads(text)
    return apply(text, release_fields.package_edits(text, package, release_fields.changes(package, version)))


@pytest.mark.parametrize(
    ("least", "raised"),
    [
        (None, "2.1"),
        ("1.11", "2.1"),
        ("2.0", "2.1"),
        ("2.1", "2.1"),
        ("2.1.0", "2.1.0"),
        ("2.2", "2.2"),
        ("3", "3"),
        ("2", "2.1"),
    ],
)
def test_the_least_release_is_raised_and_never_lowered(least: str | None, raised: str) -> None:
    assert release_fields.raised(least) == raised


@pytest.mark.parametrize(("old", "new"), [("2.0", "4.0"), ("3.0", "4.0"), ("4.0", "4.0"), ("5.0", "5.0")])
def test_the_packaging_version(old: str, new: str) -> None:
    package = json.loads(edited(json.dumps(making.PACKAGE | {"packagingVersion": old})))
    assert package["packagingVersion"] == new


def test_lists_keep_their_layout() -> None:
    text = (
        '{\n  "packagingVersion": "4.0",\n  "upgradesFrom": [\n    "0.9",\n    "0.8"\n  ],\n'
        '  "downgradesTo": ["*"],\n  "version": "1.0.0",\n  "minDcosReleaseVersion" : "2.2"\n}'
    )
    assert edited(text) == (
        '{\n  "packagingVersion": "4.0",\n  "upgradesFrom": [\n    "1.0.0"\n  ],\n'
        '  "downgradesTo": ["1.0.0"],\n  "version": "1.0.0-calico.1",\n  "minDcosReleaseVersion" : "2.2"\n}'
    )


def test_new_fields_stand_behind_the_version_with_its_line_ends() -> None:
    text = '{\r\n\t"packagingVersion": "3.0",\r\n\t"version": "1.0.0",\r\n\t"name": "x"\r\n}'
    assert edited(text) == (
        '{\r\n\t"packagingVersion": "4.0",\r\n\t"version": "1.0.0-calico.1",\r\n\t"upgradesFrom": ["1.0.0"],'
        '\r\n\t"downgradesTo": ["1.0.0"],\r\n\t"minDcosReleaseVersion": "2.1",\r\n\t"name": "x"\r\n}'
    )


def test_a_field_that_stands_twice_is_refused() -> None:
    with pytest.raises(InputError, match="version"):
        edited('{"version": "0", "version": "1.0.0"}')


def test_versions_in_templates() -> None:
    text = '{"PACKAGE_VERSION": "1.0.0", "X": "1.0.0", "PACKAGE_VERSION" : "{{package-version}}"}'
    new = apply(text, release_fields.template_edits(text, "1.0.0", "1.0.0-c"))
    assert new == '{"PACKAGE_VERSION": "1.0.0-c", "X": "1.0.0", "PACKAGE_VERSION" : "{{package-version}}"}'


FIELDS = {
    "packagingVersion": st.sampled_from(["2.0", "3.0", "4.0", "5.0"]),
    "version": st.text("0123456789.-abc", min_size=1, max_size=8),
    "upgradesFrom": st.lists(st.text("*0.", max_size=4), max_size=3),
    "downgradesTo": st.lists(st.text("*0.", max_size=4), max_size=3),
    "minDcosReleaseVersion": st.sampled_from(["1.8", "2.0", "2.1", "2.2.1"]),
    "name": st.just("x"),
    "tags": st.lists(st.text(max_size=3), max_size=2),
}


@given(
    st.fixed_dictionaries(
        {"version": FIELDS["version"]}, optional={k: v for k, v in FIELDS.items() if k != "version"}
    ),
    st.sampled_from([None, 1, 2, 4, "\t"]),
    st.randoms(),
)
def test_any_package_becomes_what_a_plain_update_makes(
    package: dict[str, Any], indent: Any, random: Any
) -> None:
    keys = list(package)
    random.shuffle(keys)
    shuffled = {key: package[key] for key in keys}
    new = json.loads(edited(json.dumps(shuffled, indent=indent), "new"))
    assert new == {**shuffled, **release_fields.changes(shuffled, "new")}
    assert new["upgradesFrom"] == new["downgradesTo"] == [package["version"]]
