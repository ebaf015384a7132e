"""The reader for calicoctl's own form, against the YAML library."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from calico_migrate.diagnose.parsing.resources import parse_resources
from tests.migrate.diagnose.bundles.resources import to_yaml

KEYS = st.from_regex(r"[a-zA-Z][a-zA-Z0-9./-]{0,12}", fullmatch=True)
TEXTS = st.one_of(
    st.text(alphabet=st.characters(codec="ascii", exclude_categories=["Cc"]), max_size=20),
    st.sampled_from(
        ["", "a: b", "10.0.1.1", "true", "null", "1", "- x", "#", "x #y", "'", "{}", "[]", "|", "&a", "*a"]
    ),
)
VALUES = st.recursive(
    TEXTS,
    lambda inner: st.one_of(st.dictionaries(KEYS, inner, max_size=3), st.lists(inner, max_size=3)),
    max_leaves=12,
)
RESOURCES = st.lists(
    st.fixed_dictionaries({"metadata": st.dictionaries(KEYS, TEXTS), "spec": VALUES}), max_size=4
)


@given(RESOURCES)
def test_it_reads_what_the_library_reads(resources: list[dict[str, Any]]) -> None:
    document = {
        "apiVersion": "v3",
        "items": resources,
        "kind": "NodeList",
        "metadata": {"resourceVersion": "1"},
    }
    text = yaml.safe_dump(document, default_flow_style=False, width=10**6)
    expected = yaml.load(text, Loader=yaml.BaseLoader)["items"]
    found = parse_resources(text)
    assert [resource.document for resource in found.items] == expected
    for resource in found.items:
        assert found.lines[resource.first - 1].startswith("-")


def test_lines_of_fields() -> None:
    text = to_yaml(
        {
            "items": [{"metadata": {"name": "a"}, "spec": {"ipNetworks": ["x"], "selector": "y"}}],
            "kind": "XList",
        }
    )
    listed = parse_resources(text)
    line, shown = listed.line_of(listed.items[0], "ipNetworks")
    assert (text.splitlines()[line - 1].strip(), shown) == ("ipNetworks:", "ipNetworks: - x")
    assert listed.line_of(listed.items[0], "nothing")[1] == "name: a"


def test_words_before_the_list_keep_their_lines() -> None:
    listed = parse_resources(
        "WARNING: old\n" + to_yaml({"items": [{"metadata": {"name": "a"}}], "kind": "XList"})
    )
    assert listed.items[0].first == 3


def test_what_calicoctl_does_not_write_is_read_as_strings() -> None:
    text = "kind: XList\nitems: # two\n- {metadata: {name: a}, spec: {n: 1, on: true, t: !!int '7'}}\n- metadata:\n    name: |\n      b\n"
    listed = parse_resources(text)
    assert [each.document for each in listed.items] == yaml.load(text, Loader=yaml.BaseLoader)["items"]
    assert [(each.first, each.last) for each in listed.items] == [(3, 3), (4, 6)]


@pytest.mark.parametrize(
    "text",
    [
        "kind: X\n---\nkind: Y\n",
        "kind: XList\nitems: [{[a]: b}]\n",
        "kind: XList\nitems: [" + "[" * 3000 + "]" * 3000 + "]\n",
    ],
    ids=["two documents", "a list as a key", "deep"],
)
def test_what_is_yaml_and_no_list_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        parse_resources(text)


@pytest.mark.parametrize(
    "text",
    ["", "no yaml: [", "a: 1", "items: &a\n- *a\nkind: XList\n", "- a\n" * 3],
)
def test_what_is_no_list_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        parse_resources(text)
