"""``--format junit``: the XML that CI servers show test results from."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from xml.sax.saxutils import quoteattr

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Case(NamedTuple):
    """One test: its name, and what went wrong.

    ``failure`` is one line about an expectation that is not met, ``error`` one about a test that could not
    be run; ``details`` goes with either. ``output`` is what a test that passed has to say.
    """

    name: str
    failure: str = ""
    error: str = ""
    details: str = ""
    seconds: float = 0.0
    output: str = ""


class Suite(NamedTuple):
    """The tests of one suite; ``file`` is the file that they come from."""

    name: str
    cases: Sequence[Case]
    file: str = ""


def render(suite: str, cases: Sequence[Case], *, file: str = "") -> str:
    """The XML document of one test suite; ``file`` is the file that the tests come from."""
    return document([Suite(suite, cases, file)])


def document(suites: Sequence[Suite]) -> str:
    """The XML document of several test suites."""
    everything = _totals([case for suite in suites for case in suite.cases])
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f"<testsuites {everything}>"]
    for suite in suites:
        place = f" file={_attribute(suite.file)}" if suite.file else ""
        lines.append(f"  <testsuite name={_attribute(suite.name)}{place} {_totals(suite.cases)}>")
        for case in suite.cases:
            lines += _case(suite.name, case)
        lines.append("  </testsuite>")
    lines.append("</testsuites>")
    return "\n".join(lines) + "\n"


def _totals(cases: Sequence[Case]) -> str:
    seconds = sum(case.seconds for case in cases)
    failures = sum(bool(case.failure) for case in cases)
    errors = sum(bool(case.error) for case in cases)
    return f'tests="{len(cases)}" failures="{failures}" errors="{errors}" time="{seconds:.3f}"'


def _case(suite: str, case: Case) -> Iterator[str]:
    names = f"name={_attribute(case.name)} classname={_attribute(suite)}"
    head = f'    <testcase {names} time="{case.seconds:.3f}"'
    kind, message = ("failure", case.failure) if case.failure else ("error", case.error)
    if not message and not case.output:
        yield f"{head}/>"
        return
    yield f"{head}>"
    if message:
        yield f"      <{kind} message={_attribute(message)}>{_text(case.details)}</{kind}>"
    if case.output:
        yield f"      <system-out>{_text(case.output)}</system-out>"
    yield "    </testcase>"


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
