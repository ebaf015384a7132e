"""``--format junit`` of a report, against what CI servers read (the XSD of Jenkins' xUnit plugin)."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from calico_core.findings import Finding, Severity
from calico_core.formats.junit_report import render
from calico_core.report import EditRecord, FileError, FileReport, Report

# What an element may hold, in this order, and which attributes it must and may have.
ELEMENTS: dict[str, tuple[tuple[str, ...], set[str], set[str]]] = {
    "testsuites": (("testsuite",), set(), {"name", "time", "tests", "failures", "errors", "disabled"}),
    "testsuite": (
        ("properties", "testcase", "system-out", "system-err"),
        {"name", "tests"},
        {
            "failures",
            "errors",
            "time",
            "file",
            "hostname",
            "id",
            "package",
            "timestamp",
            "skipped",
            "disabled",
        },
    ),
    "testcase": (
        ("skipped", "error", "failure", "system-out", "system-err"),
        {"name", "classname"},
        {"time", "file", "line", "assertions", "status"},
    ),
    "failure": ((), set(), {"message", "type"}),
    "error": ((), set(), {"message", "type"}),
    "system-out": ((), set(), set()),
}


def validate(element: ElementTree.Element) -> None:
    children, required, optional = ELEMENTS[element.tag]
    assert required <= element.attrib.keys() <= required | optional
    places = [children.index(child.tag) for child in element]
    assert places == sorted(places)
    for child in element:
        validate(child)
    if element.tag in ("testsuite", "testsuites"):
        cases = list(element.iter("testcase"))
        assert int(element.attrib["tests"]) == len(cases)
        for kind in ("failure", "error"):
            assert int(element.attrib[f"{kind}s"]) == sum(case.find(kind) is not None for case in cases)


EDIT = EditRecord("/networks/0/name", 4, 7, "dcos", "calico", "rename-network", id="/web")
FINDING = Finding("docker-host-port", Severity.ERROR, "does <not> & \x00work", "do this", 5, 1, id="/web")
INFO = FINDING._replace(severity=Severity.INFO, line=None, column=None)
FILES = [
    FileReport("a.json", "app", edits=[EDIT], findings=[FINDING, INFO]),
    FileReport("b.json", "unknown", error=FileError("is not JSON", 3, 1)),
    FileReport("c.json", "app"),
]


@pytest.mark.parametrize(
    "fail_on, failures", [(Severity.ERROR, 2), (Severity.INFO, 3), (None, 1)], ids=["error", "info", "never"]
)
def test_what_fails(fail_on: Severity | None, failures: int) -> None:
    root = ElementTree.fromstring(render(Report(FILES), fail_on=fail_on))
    validate(root)
    assert (root.attrib["tests"], root.attrib["failures"], root.attrib["errors"]) == ("5", str(failures), "1")
    assert [suite.attrib["name"] for suite in root] == ["a.json", "b.json", "c.json"]


def test_what_stands_in_a_case() -> None:
    root = ElementTree.fromstring(render(Report(FILES), fail_on=Severity.ERROR))
    cases = list(root.iter("testcase"))
    assert [case.attrib["name"] for case in cases] == [
        "rename-network at 4:7", "docker-host-port at 5:1", "docker-host-port", "readable", "no findings",
    ]  # fmt: skip
    failure = cases[1].find("failure")
    assert failure is not None
    assert failure.attrib["message"] == "line 5: error: does <not> & \ufffdwork [/web]"
    assert failure.text == "do this"
    said = cases[2].find("system-out")
    assert said is not None
    assert said.text == "info: does <not> & \ufffdwork [/web]"


def test_no_files_at_all() -> None:
    validate(ElementTree.fromstring(render(Report([]), fail_on=None)))
