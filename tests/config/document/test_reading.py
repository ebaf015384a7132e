"""Reading a config.yaml: values as PyYAML has them, places as the file has them, nothing that raises."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from calico_config.document.document import ConfigDocument
from calico_config.document.reading import MAX_SIZE, read_config
from calico_config.document.scalars import Unsupported


def settings_of(text: str) -> dict[str, Any]:
    document = read_config(text)
    assert document.problem is None, document.problem
    return {name: setting.value for name, setting in document.settings.items()}


def problem_of(data: str | bytes) -> tuple[str, int | None, int | None]:
    document = read_config(data)
    assert document.problem is not None
    assert document.settings == {}
    return document.problem.kind, document.problem.line, document.problem.column


def test_values_and_texts_are_the_installers() -> None:
    document = read_config(
        "calico_vxlan_vni: 17:04\ncalico_enabled: yes\nname: y\nmasters: [10.0.0.1, ~]\n"
        "mtu: 0x5AA\nport: 02652\nmap: {b: 1.5, a: 1}\n"
    )
    assert {name: setting.text for name, setting in document.settings.items()} == {
        "calico_vxlan_vni": "1024",
        "calico_enabled": "true",
        "name": "y",
        "masters": '["10.0.0.1", null]',
        "mtu": "1450",
        "port": "1450",
        "map": '{"b": 1.5, "a": 1}',
    }


@pytest.mark.parametrize(
    ("value", "crash"),
    [
        ("1.5", "<class 'float'>"),
        ("~", "<class 'NoneType'>"),
        ("", "<class 'NoneType'>"),
        ("2021-01-01", "<class 'datetime.date'>"),
        ("2021-01-01 10:00:00", "<class 'datetime.datetime'>"),
        ("!!binary aGk=", "<class 'bytes'>"),
        ("!!set {a}", "<class 'set'>"),
        ("2021-13-01", "ValueError: month must be in 1..12"),
        ("0b_", "ValueError"),
        ("[2021-01-01]", "TypeError: Object of type 'date' is not JSON serializable"),
        ("{2021-01-01: 1}", "TypeError: Object of type 'date' is not JSON serializable"),
        ("&a [*a]", "ValueError: Circular reference detected"),
    ],
)
def test_a_value_without_a_text_says_what_the_traceback_says(value: str, crash: str) -> None:
    setting = read_config(f"key: {value}\nother: 1\n").settings["key"]
    assert setting.text is None
    assert setting.crash is not None
    assert crash in setting.crash


def test_places_count_code_points_from_one() -> None:
    document = read_config("# Köln 𝕏\nname:  'é𝕏'  # c\n\"port\" : 64000\n")
    name, port = document.settings["name"], document.settings["port"]
    assert (name.key_span.line, name.key_span.column) == (2, 1)
    assert (name.span.line, name.span.column) == (2, 8)
    assert document.text[name.span.start : name.span.end] == "'é𝕏'"
    assert (port.span.line, port.span.column) == (3, 10)


def test_a_byte_order_mark_has_no_column() -> None:
    document = read_config("\ufeffa: 1\n".encode())
    setting = document.settings["a"]
    assert (setting.key_span.line, setting.key_span.column) == (1, 1)
    assert document.text[setting.span.start : setting.span.end] == "1"
    assert document.first_non_ascii is not None


@pytest.mark.parametrize("text", ["\ufeff\ufeffa: 1\n", "\n\ufeffa: 1\n"])
def test_a_byte_order_mark_that_is_not_the_first_character_belongs_to_the_key(text: str) -> None:
    assert list(yaml.safe_load(text)) == ["\ufeffa"]
    setting = read_config(text).settings["\ufeffa"]
    assert text[setting.key_span.start : setting.key_span.end] == "\ufeffa"
    assert text[setting.span.start : setting.span.end] == "1"


@pytest.mark.parametrize(
    "text, last",
    [
        (f"k: {'[' * 99}x{']' * 99}\n", True),
        (f"q: &q 1\nk: {'[' * 99}*q{']' * 99}\n", True),
        (f"k: {'[' * 100}{']' * 100}\n", False),
        (f"q: &q []\nk: {'[' * 99}*q{']' * 99}\n", False),
    ],
    ids=["a value", "an alias of a value", "a list more", "an alias of a list"],
)
def test_a_hundred_levels_are_read(text: str, last: bool) -> None:
    problem = read_config(text).problem
    assert problem is None if last else problem is not None and problem.kind == "too-deep"


def test_the_last_of_several_keys_wins_and_all_are_listed() -> None:
    document = read_config('a: 1\n"a": 2\nb:\n  c: 1\n  c: 2\n  c: 3\na: 3\n')
    assert document.settings["a"].value == 3
    assert document.settings["b"].value == {"c": 3}
    assert [entry.name for entry in document.entries] == ["a", "a", "b", "a"]
    found = [
        (one.path, one.key, document.line_column(one.first), document.line_column(one.last))
        for one in document.duplicates
    ]
    assert found == [(("b",), "c", (4, 3), (6, 3)), ((), "a", (1, 1), (7, 1))]


def test_merge_keys_give_way_to_own_keys() -> None:
    document = read_config("base: &b {vni: 1, port: 2}\nmore: &m {vni: 3}\n<<: [*m, *b]\nport: 4\n")
    values = {name: setting.value for name, setting in document.settings.items()}
    assert values["vni"] == 3
    assert values["port"] == 4
    assert document.settings["vni"].merged
    assert document.settings["vni"].span.line == 2
    assert document.duplicates == []


def test_keys_that_are_no_text_are_set_aside() -> None:
    document = read_config("5: a\nyes: b\n~: c\nx: d\n")
    assert [key.shown for key in document.odd_keys] == ["5", "yes", "~"]
    assert list(document.settings) == ["x"]


@pytest.mark.parametrize(
    ("data", "kind", "line", "column"),
    [
        ("", "empty", None, None),
        ("# nothing\n", "empty", None, None),
        ("---\n...\n", "empty", None, None),
        ("~\n", "empty", None, None),
        ("- a\n", "not-a-mapping", 1, 1),
        ("text\n", "not-a-mapping", 1, 1),
        ("a: 1\n---\nb: 2\n", "two-documents", 2, 1),
        ("a:\t1\n", "tabs", 1, 3),
        ("a:\n\tb: 1\n", "tabs", 2, 1),
        ("a: 1\n b: 2\n", "not-yaml", 2, 3),
        ("a: `x`\n", "not-yaml", 1, 4),
        ("a: *x\n", "not-yaml", 1, 4),
        ("a: &x 1\nb: &x 2\n", "not-yaml", 2, 4),
        ("? [a]\n: 1\n", "not-yaml", 1, 3),
        ("a: !!python/object/apply:os.system [x]\n", "not-yaml", 1, 4),
        ("a: {{ cidr }}\n", "not-yaml", 1, 5),
        ("a: =\n", "not-yaml", 1, 4),
        ("a: \x07\n", "not-yaml", 1, 4),
        ("<<: 5\n", "not-yaml", 1, 5),
    ],
)
def test_a_file_without_settings_says_why_and_where(
    data: str, kind: str, line: int | None, column: int | None
) -> None:
    assert problem_of(data) == (kind, line, column)


def test_a_large_file_is_refused() -> None:
    assert problem_of(b"#" * (MAX_SIZE + 1))[0] == "too-large"
    assert read_config(b"a: 1\n#" + b"x" * (MAX_SIZE - 6)).settings["a"].value == 1


def test_deep_nesting_is_refused_however_it_is_written() -> None:
    chain = "".join(f"a{n}: &a{n} [*a{n - 1}]\n" for n in range(1, 300))
    for text in ("[" * 100_000, "a: " + "{b: " * 5_000, "- " * 50_000, f"a0: &a0 1\n{chain}", "? " * 30_000):
        assert problem_of(text)[0] in {"too-deep", "not-yaml"}


def test_aliases_that_explode_are_refused() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    assert problem_of("\n".join(lines))[0] == "alias-explosion"


def test_what_aliases_make_too_deep_or_too_many_is_told_where_it_stands() -> None:
    chain = "".join(f"a{n}: &a{n} [*a{n - 1}]\n" for n in range(1, 300))
    assert problem_of(f"a0: &a0 1\n{chain}") == ("too-deep", 101, 14)
    # As the installer does, which reads all of the text before it follows any alias.
    assert problem_of(f"a0: &a0 1\n{chain}x: [\n") == ("not-yaml", 302, 1)


@pytest.mark.parametrize(
    "text",
    [
        "a: 1\n---\nb: 2\n",
        "---\n---\na: 1\n",
        "# c\r  a: 1\r---\rb: 2\r",
        "# \u2028\na: &x 1\nb: &x 2\n",
        "\ufeffa: &x 1\nb: {c: &x 2}\n",
        "a: [1,\r\n *x]\r\n",
        "\ufeffa: *x\n",
        "a: [\n",
        "a: 'x\n",
        "a: 1\n b: 2\n",
        "%YAML 9.1\n---\na: 1\n",
        "a: \x07\n",
        "\ufeffé: \x07\n",
        f"# {'x' * 100_000}\n\ufeffé: \x07\n",
        "a: {{ b }}\n",
        "a:\n  {{{ b }}}:\n",
        "? {[x]: y}\n: z\n",
        "a: {!!seq b: c}\n",
        "a: &x [1]\n*x : 2\n",
    ],
)
def test_the_wording_is_that_of_pyyaml(text: str) -> None:
    with pytest.raises(yaml.YAMLError) as caught:
        yaml.safe_load(text)
    error: Any = caught.value
    for name in ("context_mark", "problem_mark"):
        mark = getattr(error, name, None)
        if mark is not None:
            mark.name, mark.buffer = "genconf/config.yaml", None
    problem = read_config(text).problem
    assert problem is not None
    assert problem.wording == str(error).replace("<unicode string>", "genconf/config.yaml")


def test_the_place_of_a_character_that_is_not_allowed_is_counted_in_lines_with_lf() -> None:
    problem = read_config("a: 1\r\nb: é\r\nc: \x07\r\n").problem
    assert problem is not None
    assert (problem.line, problem.column) == (3, 4)
    assert problem.wording.endswith(
        'special characters are not allowed\n  in "genconf/config.yaml", position 13'
    )


def test_bytes_that_are_not_utf_8_are_read_and_marked() -> None:
    document = read_config(b"name: K\xf6ln\nmtu: 1450\n")
    assert document.encoding == "latin-1"
    assert document.settings["mtu"].value == 1450
    assert document.first_non_ascii is not None
    assert (document.first_non_ascii.line, document.first_non_ascii.column) == (1, 8)


def test_json_is_kept_and_refused_with_a_value_error() -> None:
    document = read_config("good: '[1, 2]'\nbad: '[1,'\nnone: ~\n")
    assert document.json("good") == [1, 2]
    assert document.json("good") is document.json("good")
    for name in ("bad", "none"):
        with pytest.raises(ValueError):
            document.json(name)


def test_very_long_numbers_keep_their_digits() -> None:
    digits = "9" * 9000
    document = read_config(f"mtu: {digits}\nlist: [{digits}]\nhex: 0x{'f' * 5000}\n")
    assert document.settings["mtu"].text == digits
    assert digits in (document.settings["list"].text or "")
    assert len(document.settings["hex"].text or "") == 6021


SCRAPS = st.sampled_from(
    ["a", "b: ", ": ", "- ", "\n", "\n  ", "\n    ", '"x"', "'y'", "[", "]", "{", "}", ",", " ", "#c", "&a ",
     "*a", "!!str ", "|", ">", "|-\n", "---", "...", "? ", "?", ":", "%", "<<: ", "key: v", "1", "~", "!",
     "\\", '"', "'", "\r\n", "\t", "!!set ", "!!omap ", "!!int ", "2021-01-01", "1.5", "!!binary ", "\x00",
     "é", "calico_network_cidr: ", "10.0.0.0/8"]
)  # fmt: skip


@given(st.lists(SCRAPS, max_size=14).map("".join) | st.text() | st.binary())
def test_nothing_makes_reading_raise(data: str | bytes) -> None:
    document = read_config(data)
    assert isinstance(document, ConfigDocument)
    for setting in document.settings.values():
        assert (setting.text is None) != (setting.crash is None)
        assert 0 <= setting.span.start <= setting.span.end <= len(document.text)
        assert setting.key_span.line >= 1
        assert document.locate(setting.name, "x", 0, "y").line >= 1
    if document.problem is not None:
        assert not document.settings


@given(st.lists(SCRAPS, max_size=14).map("".join))
def test_whatever_pyyaml_loads_has_the_same_values(text: str) -> None:
    try:
        expected = yaml.safe_load(text)
    except Exception:
        return
    if not isinstance(expected, dict):
        assert read_config(text).problem is not None
        return
    settings = settings_of(text)
    assert set(settings) == {key for key in expected if isinstance(key, str)}
    for name, value in settings.items():
        if not isinstance(value, Unsupported) and "Unsupported" not in repr(value):
            assert repr(value) == repr(expected[name])


def test_many_keys_are_no_explosion_and_long_numbers_are_not_read() -> None:
    document = read_config("".join(f"k{number}: 1\n" for number in range(60_000)))
    assert document.problem is None
    assert len(document.settings) == 60_000
    setting = read_config("mtu: 1" + "0" * 20_000 + "\n").settings["mtu"]
    assert setting.crash == "a number of 20,001 characters, which was not read"
    assert read_config('n: \'{"a": 1' + "0" * 5000 + "}'\n").json("n") == {"a": float("inf")}


@pytest.mark.parametrize(
    "text", ["a: 1\nb: [x, {c: 'd'}]\ne: |\n  f\n", "a: b: c\n", "", "- a\n", "a: &x 1\nb: *x\n"]
)
def test_without_libyaml_it_is_the_same(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    with_it = read_config(text)
    monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    without_it = read_config(text)
    assert without_it.problem == with_it.problem
    shown = [
        [(one.name, one.value, one.span, one.key_span) for one in document.entries]
        for document in (with_it, without_it)
    ]
    assert shown[0] == shown[1]
