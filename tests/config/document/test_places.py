"""Places inside a setting: nested YAML, JSON in every style of YAML text."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calico_config.document.reading import read_config

NETWORK = {
    "vtep_subnet": "44.128.0.0/20",
    "overlays": [{"name": "dcos", "subnet": "9.0.0.0/8", "prefix": 24}],
}


def in_style(style: str) -> str:
    compact, indented = json.dumps(NETWORK), json.dumps(NETWORK, indent=2)
    block = indented.replace("\n", "\n    ")
    escaped = compact.replace("\\", "\\\\").replace('"', '\\"')
    return {
        "flow": f"n:   {compact}\n",
        "single": f"n: '{compact}'\n",
        "double": f'n: "{escaped}"\n',
        "literal": f"n: |  # c\n    {block}\n\nm: 1\n",
        "literal-strip": f"n: |-\n    {block}\n",
        "literal-indicator": "n: |1\n" + "".join(f" {line}\n" for line in indented.splitlines()),
        "folded": f"n: >\n    {block}\n",
        "single-lines": "n: '" + indented.replace("\n", "\n   ") + "'\n",
        "double-lines": 'n: "' + indented.replace('"', '\\"').replace("\n", "\n   ") + '"\n',
        "block": "n:\n  vtep_subnet: 44.128.0.0/20\n  overlays:\n"
        "  - name: dcos\n    subnet: 9.0.0.0/8\n    prefix: 24\n",
        "anchored": f"x: &x {compact}\nn: *x\n",
        "json-file": json.dumps({"m": 1, "n": NETWORK}),
        "json-file-with-text": json.dumps({"m": 1, "n": compact}),
    }[style]


@pytest.mark.parametrize(
    "style",
    ["flow", "single", "double", "literal", "literal-strip", "literal-indicator", "folded", "single-lines",
     "double-lines", "block", "anchored", "json-file", "json-file-with-text"],
)  # fmt: skip
def test_a_value_inside_is_found_in_every_style(style: str) -> None:
    document = read_config(in_style(style))
    for path, expected in (
        (("vtep_subnet",), "44.128.0.0/20"),
        (("overlays", 0, "subnet"), "9.0.0.0/8"),
        (("overlays", 0, "prefix"), "24"),
    ):
        span = document.locate("n", *path)
        assert document.text[span.start : span.end].strip("\\\"'") == expected
        before = document.text[: span.start]
        assert span.line == before.count("\n") + 1
        assert span.column == len(before) - (before.rfind("\n") + 1) + 1
    key = document.locate_key("n", "overlays", 0, "name")
    assert document.text[key.start : key.end].strip("\\\"'") == "name"


def test_what_is_not_there_is_where_its_parent_is() -> None:
    document = read_config(in_style("block"))
    parent = document.locate("n", "overlays", 0)
    assert document.locate("n", "overlays", 0, "absent") == parent
    assert document.locate("n", "overlays", 7).line == 4
    assert document.locate("n", "overlays", "name").line == 4
    with pytest.raises(KeyError):
        document.locate("absent")


def test_a_key_inside_a_text() -> None:
    document = read_config("n: '{\"it''s\": [1, {\"b\": 2}]}'\n")
    for path, written in (
        (("it's",), "\"it''s\""),
        (("it's", 1, "b"), '"b"'),
        (("it's", 1), '{"b": 2}'),
        (("it's", 1, "x"), '{"b": 2}'),
        (("it's", "b"), '[1, {"b": 2}]'),
        (("it's", 0, 0), "1"),
    ):
        span = document.locate_key("n", *path)
        assert document.text[span.start : span.end] == written, path


def test_json_with_equal_keys_means_the_last() -> None:
    document = read_config('n: \'{"a": 1, "a": 22}\'\n')
    span = document.locate("n", "a")
    assert document.text[span.start : span.end] == "22"


@given(st.text(st.sampled_from("ab '\"\\\n:#é"), max_size=12), st.sampled_from(["'", '"', "|"]))
def test_a_text_leads_back_to_the_file(text: str, style: str) -> None:
    inner = json.dumps({"k": text})
    if style == "'":
        source = "n: '" + inner.replace("'", "''") + "'\n"
    elif style == '"':
        source = f"n: {json.dumps(inner)}\n"
    else:
        source = f"n: |\n  {inner}\n"
    document = read_config(source)
    span = document.locate("n", "k")
    written = source[span.start : span.end]
    if style == "'":
        written = written.replace("''", "'")
    elif style == '"':
        written = json.loads(f'"{written}"')
    assert json.loads(written) == text
