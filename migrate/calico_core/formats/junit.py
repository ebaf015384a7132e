"""``--format junit``: the XML that CI servers show test results from."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from xml.sax.saxutils import quoteattr

if TYPE_CHECKING:
    from collections.abc import Sequence


class Case(NamedTuple):
    """One test: its name, and what went wrong.

    ``failure`` is one line about an expectation that is not met, ``error`` one about a test that could not
    be run; ``details`` goes with either.
    """

    name: str
    failure: str = ""
    error: str = ""
    details: str = ""
    seconds: float = 0.0


def render(suite: str, cases: Sequence[Case], *, file: str = "") -> str:
    """The XML document of one test suite; ``file`` is the file that the tests come from."""
    seconds = sum(case.seconds for case in cases)
    failures = sum(bool(case.failure) for case in cases)
    errors = sum(bool(case.error) for case in cases)
    totals = f'tests="{len(cases)}" failures="{failures}" errors="{errors}" time="{seconds:.3f}"'
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f"<testsuites {totals}>"]
    place = f" file={_attribute(file)}" if file else ""
    lines.append(f"  <testsuite name={_attribute(suite)}{place} {totals}>")
    for case in cases:
        names = f"name={_attribute(case.name)} classname={_attribute(suite)}"
        head = f'    <testcase {names} time="{case.seconds:.3f}"'
        kind, message = ("failure", case.failure) if case.failure else ("error", case.error)
        if not message:
            lines.append(f"{head}/>")
            continue
        lines.append(f"{head}>")
        lines.append(f"      <{kind} message={_attribute(message)}>{_text(case.details)}</{kind}>")
        lines.append("    </testcase>")
    lines += ["  </testsuite>", "</testsuites>"]
    return "\n".join(lines) + "\n"


def _attribute(text: str) -> str:
    return quoteattr(_legal(text))


def _text(text: str) -> str:
    return _legal(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _legal(text: str) -> str:
    """The text without the characters that XML 1.0 cannot hold."""
    return "".join(
        char
        if char in "\t\n\r" or " " <= char <= "\ud7ff" or "\ue000" <= char <= "\ufffd" or char > "\uffff"
        else "\ufffd"
        for char in text
    )
