"""The registry of rules."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from calico_core import rules as protocol
from calico_core.findings import Severity
from calico_core.rules import Rule, checks, load_rules, watched

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MODULE = '''"""Something is odd.

It is.

Example:
    odd
"""
from calico_core.rules import warning
RULE = warning(__name__, source="a book"{more})
'''
CHECK = """
def check(subject: {subject}):
    yield RULE.finding(f"{{subject}} is odd")
"""


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    folder = tmp_path / "registry_under_test"
    folder.mkdir()
    (folder / "__init__.py").write_text("")
    (folder / "host_port_odd.py").write_text(MODULE.format(more=""))
    monkeypatch.syspath_prepend(tmp_path)
    yield folder
    protocol._checks_of.cache_clear()
    for name in [name for name in sys.modules if name.startswith("registry_under_test")]:
        del sys.modules[name]


def test_a_module_is_a_rule(package: Path) -> None:
    (package / "inner").mkdir()
    (package / "inner" / "__init__.py").write_text("from registry_under_test.host_port_odd import RULE\n")
    (package / "inner" / "another.py").write_text(MODULE.format(more=""))
    rules = load_rules(["registry_under_test"])
    assert list(rules) == ["another", "host-port-odd"]
    rule = rules["host-port-odd"]
    assert rule.title == "Something is odd"
    assert rule.documentation.endswith("Example:\n    odd")
    assert repr(rule) == "Rule('host-port-odd', warning)"


def test_an_id_that_is_claimed_twice(package: Path) -> None:
    (package / "other.py").write_text(MODULE.format(more=', id="host-port-odd"'))
    with pytest.raises(ValueError, match="'host-port-odd' is in registry_under_test"):
        load_rules(["registry_under_test"])


def test_a_finding_carries_the_rule() -> None:
    rule = Rule("a.some_rule", Severity.WARNING, source="a book")
    finding = rule.finding("m", hint="h", line=1, column=2, pointer="/a")
    assert finding == ("some-rule", Severity.WARNING, "m", "h", 1, 2, "/a", "a book", None, None, None)
    assert rule.finding("m", severity=Severity.ERROR).severity is Severity.ERROR
    assert rule.finding("m", part="config.json").part == "config.json"


def test_each_severity_has_its_word() -> None:
    made = [
        protocol.error("a.b", source="s"),
        protocol.warning("a.b", source="s"),
        protocol.info("a.b", source="s"),
    ]
    assert [rule.severity for rule in made] == list(Severity)
    assert {rule.id for rule in made} == {"b"}


def test_checks_are_found_by_what_they_look_at(package: Path) -> None:
    for name, subject in (("of_text", "str"), ("of_number", "int"), ("of_both", "int | str")):
        (package / f"{name}.py").write_text(MODULE.format(more="") + CHECK.format(subject=subject))
    (package / "user.py").write_text("from registry_under_test.of_text import check\n")

    def said(subject: str | int) -> list[str]:
        found = checks("registry_under_test", type(subject))
        return [finding.rule for check in found for finding in check(subject)]

    assert said("x") == ["of-both", "of-text"]
    assert said(1) == ["of-both", "of-number"]
    assert checks("registry_under_test", bytes) == ()


@pytest.mark.parametrize("subject", ["'str'", "str, other: str", "None"])
def test_a_check_must_say_what_it_looks_at(subject: str, package: Path) -> None:
    (package / "odd.py").write_text(MODULE.format(more="") + CHECK.format(subject=subject))
    with pytest.raises(TypeError, match="what it looks at"):
        checks("registry_under_test", str)


def test_what_rules_watch_for(package: Path) -> None:
    text = MODULE.format(more="") + CHECK.format(subject="str")
    (package / "a_port.py").write_text(text + "WATCHES = ('ports', 'hosts')\n")
    (package / "b_port.py").write_text(text + "WATCHES = ('ports',)\n")
    assert watched("registry_under_test", {"ports", "hosts", "names"}) == {
        "hosts": ("a_port",),
        "ports": ("a_port", "b_port"),
    }


@pytest.mark.parametrize(
    ("watches", "problem"),
    [
        ("", "registry_under_test.a_port has no WATCHES"),
        ("WATCHES = ('prots',)\n", "watches for 'prots', which is none of hosts, ports"),
    ],
)
def test_a_rule_that_nobody_would_ask(package: Path, watches: str, problem: str) -> None:
    (package / "a_port.py").write_text(MODULE.format(more="") + CHECK.format(subject="str") + watches)
    with pytest.raises(TypeError, match=problem):
        watched("registry_under_test", {"ports", "hosts"})
