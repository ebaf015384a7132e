from __future__ import annotations

import json
import re
import string
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calico_migrate.calico.selectors import parsing
from calico_migrate.calico.selectors.tokens import SelectorError
from tests.support.timing import cpu_time

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from calico_migrate.calico.selectors.selector import Selector


def test_every_verdict_of_the_corpus(shared: Path) -> None:
    wrong = []
    rows = (shared / "corpus" / "selectors.tsv").read_text(encoding="utf-8").splitlines()[1:]
    for row in rows:
        text, labels, expected, *_ = row.split("\t")
        text = re.sub(r"\\(.)", lambda found: {"t": "\t", "n": "\n"}.get(found[1], found[1]), text)
        try:
            parsed = parsing.parse(text)
        except ValueError:
            verdict = "invalid"
        else:
            verdict = "valid" if not labels else _matched(parsed, json.loads(labels))
        if verdict != expected:
            wrong.append((text, labels, expected, verdict))
    assert wrong == []
    assert len(rows) > 600


def _matched(parsed: Selector, labels: dict[str, str]) -> str:
    return "match" if parsed.matches(labels) else "nomatch"


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("", "all()"),
        (" \t ", "all()"),
        ("all( )", "all()"),
        ("a=='b'", 'a == "b"'),
        ("a == 'say \"hi\"'", "a == 'say \"hi\"'"),
        ("a in {'c','b',\"b\",}", 'a in {"b", "c"}'),
        ("a notin{}", "a not in {}"),
        ("a startswith 'x'", 'a starts with "x"'),
        ("((a == 'b'))", 'a == "b"'),
        ("has(a)&&has(b)&&has(c)", "(has(a) && has(b) && has(c))"),
        ("(has(a) && has(b)) && has(c)", "((has(a) && has(b)) && has(c))"),
        ("has(a) && (has(b) && has(c))", "(has(a) && (has(b) && has(c)))"),
        ("has(a) || has(b) && has(c)", "(has(a) || (has(b) && has(c)))"),
        ("(has(a) || has(b)) && has(c)", "((has(a) || has(b)) && has(c))"),
        ("! ! has(a)", "has(a)"),
        ("!!!has(a)", "!has(a)"),
        ("!(has(a) || has(b))", "!(has(a) || has(b))"),
        ("!((has(a)))", "!has(a)"),
        # Only the signs that stand together cancel each other, as upstream has it.
        ("!(!has(a))", "!!has(a)"),
        ("!a != 'b'", '!a != "b"'),
    ],
)
def test_canonical_text(text: str, canonical: str) -> None:
    parsed = parsing.parse(text)
    assert str(parsed) == canonical
    assert parsed == parsing.parse(f" {text}")
    assert hash(parsed) == hash(parsing.parse(f" {text}"))


@pytest.mark.parametrize(
    ("text", "column", "words"),
    [
        ("a", 2, "ends after the label"),
        ("a == b", 6, "quoted string"),
        ("a == 'b", 6, "no closing '"),
        ("a = 'b'", 3, "write =="),
        ("a & b", 3, "write &&"),
        ("a == 'b' and c == 'd'", 10, "expected && or ||"),
        ("(has(a)", 8, ") is missing"),
        ("has(a))", 7, "closes nothing"),
        ("()", 2, "expected a test"),
        ("!", 2, "expected"),
        ("a == 'b' &&\nc == 'd'", 12, "line break"),
        ("a == 'b'\n", 9, "line break"),
        ("a in {b}", 7, "quoted string or }"),
        ("a in {,'b'}", 7, "quoted string or }"),
        ("a in 'b'", 6, "expected a set"),
        ("a like 'b'", 3, "after a label comes"),
        ("'b' == a", 1, "expected a test"),
        ("ä == 'x'", 1, "not allowed outside"),
        ("a == 'ä' ||", 12, "ends where a test"),
        ("global()", 7, "expected a comparison"),
        ("has (a)", 5, "expected a comparison"),
        ("a ! = 'b'", 3, "expected a comparison"),
    ],
)
def test_a_refusal_knows_its_column(text: str, column: int, words: str) -> None:
    with pytest.raises(SelectorError) as caught:
        parsing.parse(text)
    assert (caught.value.column, words in str(caught.value)) == (column, True), str(caught.value)
    assert isinstance(caught.value, ValueError)


@pytest.mark.parametrize("text", ["has(\na\r\n)", "all(\n)", "a starts\nwith 'x'", "a not\f in {'x'}"])
def test_line_breaks_where_upstream_takes_them(text: str) -> None:
    written = parsing.parse(text)
    assert written == parsing.parse(" ".join(text.split()))


def test_a_label_has_at_most_512_characters() -> None:
    assert parsing.parse(f"{'x' * 512} == 'y'").matches({"x" * 512: "y"})
    with pytest.raises(ValueError):
        parsing.parse(f"{'x' * 513} == 'y'")
    with pytest.raises(ValueError):
        parsing.parse(f"has({'x' * 513})")


@pytest.mark.parametrize(
    ("before", "after", "matched"),
    [
        ("(", ")", True),
        ("!", "", True),
        ("!(", ")", True),
        ("(a == 'b' && ", ")", True),
        ("(a == 'x' || ", ")", True),
        ("(", " && a == 'x')", False),
        ("!(a == 'b' && ", ")", True),
    ],
)
def test_ten_thousand_levels(before: str, after: str, matched: bool) -> None:
    with cpu_time() as spent:
        parsed = parsing.parse(before * 10_000 + "has(a)" + after * 10_000)
        assert parsed.matches({"a": "b"}) is matched
        assert parsing.parse(str(parsed)).matches({"a": "b"}) is matched
    assert spent.seconds < 5


def test_all_has_no_label_that_could_fail() -> None:
    assert parsing.parse("all()").matches({"": "x"})
    assert not parsing.parse("!all()").matches({"": "x"})


def test_the_tests_of_a_selector() -> None:
    parsed = parsing.parse("a == 'x' && !(b not in {'z','y'} || has(c))")
    assert [(test.label, test.operator, test.values, test.column) for test in parsed.tests] == [
        ("a", "==", ("x",), 1),
        ("b", "not in", ("y", "z"), 15),
        ("c", "has", (), 37),
    ]
    assert parsed.labels == {"a", "b", "c"}


# A plain reference: expressions are built as text together with a function that answers for them.
Labels = dict[str, str]
Expression = tuple[str, "Callable[[Labels], bool]"]

NAMES = st.sampled_from(["a", "b", "in", "not", "has"])
VALUES = st.sampled_from(["", "x", "y", "xy", 'q"', "it's"])
BLANK = st.sampled_from(["", " ", "\t", "  "])


def _quote(value: str) -> str:
    return f"'{value}'" if '"' in value else f'"{value}"'


@st.composite
def _tests(draw: st.DrawFn) -> Expression:
    name, value, blank = draw(NAMES), draw(VALUES), draw(BLANK)
    values = draw(st.lists(VALUES, max_size=3))
    inside = ",".join(map(_quote, values))
    tests: list[Expression] = [
        (f"{name}{blank}=={blank}{_quote(value)}", lambda own: own.get(name) == value),
        (f"{name}{blank}!={blank}{_quote(value)}", lambda own: own.get(name) != value),
        (f"{name} contains{blank}{_quote(value)}", lambda own: name in own and value in own[name]),
        (
            f"{name} starts with{blank}{_quote(value)}",
            lambda own: own.get(name, "\0").startswith(value) and name in own,
        ),
        (f"{name} ends with {_quote(value)}", lambda own: name in own and own[name].endswith(value)),
        (f"{name} in{blank}{{{inside}}}", lambda own: name in own and own[name] in values),
        (f"{name} not in {{{inside}}}", lambda own: name not in own or own[name] not in values),
        (f"has({blank}{name}{blank})", lambda own: name in own),
        ("all()", lambda own: True),
    ]
    return draw(st.sampled_from(tests))


def _combined(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    pairs = st.tuples(inner, inner, BLANK)
    return st.one_of(
        inner.map(lambda one: (f"!({one[0]})", lambda own: not one[1](own))),
        inner.map(lambda one: (f"({one[0]})", one[1])),
        pairs.map(
            lambda two: (
                f"({two[0][0]}){two[2]}&&{two[2]}({two[1][0]})",
                lambda own: two[0][1](own) and two[1][1](own),
            )
        ),
        pairs.map(
            lambda two: (
                f"({two[0][0]}){two[2]}||{two[2]}({two[1][0]})",
                lambda own: two[0][1](own) or two[1][1](own),
            )
        ),
    )


@given(st.recursive(_tests(), _combined, max_leaves=12), st.dictionaries(NAMES, VALUES, max_size=4))
def test_agrees_with_a_plain_reference(expression: Expression, labels: Labels) -> None:
    text, matches = expression
    parsed = parsing.parse(text)
    assert parsed.matches(labels) == matches(labels)
    assert parsing.parse(str(parsed)).matches(labels) == matches(labels)


@given(st.text(alphabet=string.ascii_letters[:4] + "()!&|='\" {},in\n", max_size=30))
def test_any_text_parses_or_is_refused_with_a_column(text: str) -> None:
    column = 1
    try:
        parsed = parsing.parse(text)
    except SelectorError as error:
        column = error.column
    else:
        parsing.parse(str(parsed))
    assert 1 <= column <= len(text) + 1
