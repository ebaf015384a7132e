"""The registry of rules."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from calico_core.findings import Severity
from calico_core.rules import Rule, load_rules

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MODULE = '''"""Something is odd.

It is.

Example:
    odd
"""
from calico_core.findings import Severity
from calico_core.rules import Rule
RULE = Rule(__name__, Severity.WARNING, source="a book"{more})
'''


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    folder = tmp_path / "registry_under_test"
    folder.mkdir()
    (folder / "__init__.py").write_text("")
    (folder / "host_port_odd.py").write_text(MODULE.format(more=""))
    monkeypatch.syspath_prepend(tmp_path)
    yield folder
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
    assert finding == ("some-rule", Severity.WARNING, "m", "h", 1, 2, "/a", "a book")
    assert rule.finding("m", severity=Severity.ERROR).severity is Severity.ERROR
