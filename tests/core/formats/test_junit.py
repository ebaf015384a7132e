from __future__ import annotations

from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from calico_core.formats.junit import Case, render


def test_what_ci_servers_read() -> None:
    text = render(
        "policies",
        [
            Case("a to b", seconds=0.5),
            Case("a to c", failure="expected <allow>", details="because & so"),
            Case("a to d", error="no such app"),
        ],
        file="tests.yaml",
    )
    root = ElementTree.fromstring(text)
    assert root.attrib == {"tests": "3", "failures": "1", "errors": "1", "time": "0.500"}
    (suite,) = root
    assert suite.attrib["file"] == "tests.yaml"
    passed, failed, broken = suite
    assert (passed.attrib["name"], len(passed)) == ("a to b", 0)
    assert failed[0].tag == "failure"
    assert failed[0].attrib["message"] == "expected <allow>"
    assert failed[0].text == "because & so"
    assert broken[0].tag == "error"


@given(st.text(), st.text(min_size=1))
def test_any_text_gives_xml(name: str, message: str) -> None:
    root = ElementTree.fromstring(render(name, [Case(name, failure=message, details=message)]))
    assert root.tag == "testsuites"
