from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calico_migrate.calico.go_regexp import problem


@pytest.mark.parametrize(
    "text",
    [
        "",
        "eth.*",
        "^(en.*|eth.*|tunl0$)",
        "a|",
        "|",
        "()",
        "a{2}",
        "a{2,}",
        "a{2,1000}?",
        "a{,2}",
        "{",
        "a{x}",
        "a*?",
        "a??",
        "[abc]",
        "[^]a]",
        "[]a]",
        "[a-z-]",
        "[a-b-c]",
        "a(?i)*",
        "(?)",
        "a*(?i)*",
        "[-a]",
        "[[:alpha:]_]",
        "[[:^space:]]",
        r"[\d\-\]]",
        r"\d\D\w\W\s\S\b\B\A\z\a\f\t\n\r\v",
        r"\pL\p{Greek}\P{^Lu}",
        r"\x41\x{10FFFF}\101\0",
        r"\Qa*(\E",
        r"\.\/\-",
        "(?i)a(?i-s:b)(?P<name>c)(?:d)(?U)",
        "^*",
        "^",
        "]",
        "}",
    ],
)
def test_what_go_takes(text: str) -> None:
    assert problem(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "*",
        "+",
        "?",
        "{2}",
        "(*)",
        "(?i)*",
        "a|*",
        "a**",
        "a{2}{3}",
        "a*??",
        "(",
        ")",
        "(a",
        "a)",
        "[",
        "[a",
        "[z-a]",
        "[[:nope:]]",
        "\\",
        r"\8",
        r"\1",
        r"\c",
        r"\Z",
        r"\x4",
        r"\x{110000}",
        r"\p",
        "(?=a)",
        "(?!a)",
        "(?<=a)",
        "(?<name>a)",
        "(?P=name)",
        "(?P<a>x)(?P<a>y)",
        "(?-)",
        "(?i-)",
        "(?",
        "a{1001}",
        "a{3,2}",
        "a{99999999999}",
        "(" * 2000,
    ],
)
def test_what_go_refuses(text: str) -> None:
    assert problem(text)


@given(st.text(alphabet="()[]{}*+?|^$\\.-:,=!<>PpQExdwab01", max_size=30))
def test_nothing_breaks_it(text: str) -> None:
    problem(text)
