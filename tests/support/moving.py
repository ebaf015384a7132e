"""Moves the places that rules name and sees whether their own tests fail: ``scripts/mutate --places``.

All tests of rules run once. While those of a rule run, each of its findings that names a line names the next one,
and the next column. A rule whose tests all pass although a place was moved does not assert any. A rule that names
none is declared here, with its room or by its id.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import pytest

from calico_core.findings import Finding
from tests.support.breaking import ROOT, targets

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


ROOMS_WITHOUT_PLACES = {
    "calico_migrate.diagnose": "what it judges has items of a bundle as its evidence, not lines of a file",
    "calico_migrate.network": "options, agents and what is live have no place in a text",
}
WITHOUT_PLACES = {
    "the words belong to an edit, whose place is the span editor's": (
        "move-policy-label", "name-default-network", "network-literal", "network-option", "release-field",
        "rename-network", "runtime-field", "service-network",
    ),
    "it is about a whole file or a whole package": (
        "archive-to-rebuild", "docker-network-needed", "label-variable-from-nowhere", "never-renders",
        "refused-after-change", "sdk-refuses-update",
    ),
    "it is about what `--release` makes": (
        "build-tags", "no-release-needed", "no-update-command", "release-impossible", "release-planned",
        "release-with-command", "stored-options", "version-update-enterprise",
    ),
}  # fmt: skip


class _Moved(int):
    """A line or a column that has been moved: a finding is made anew on its way, and moves once."""


class Mover:
    """A plugin of pytest that moves the places of the rules whose tests run."""

    def __init__(self) -> None:
        self.rules: dict[Path, set[str]] = {}
        for target in targets():
            self.rules.setdefault(target.tests, set()).add(target.id)
        self.moved: set[str] = set()
        self.failed: set[Path] = set()
        self._now: set[str] = set()

    def pytest_configure(self) -> None:
        plain, place = Finding.__new__, Finding._fields.index("line")

        def new(cls: type[Finding], *values: Any, **named: Any) -> Finding:
            finding = plain(cls, *values, **named)
            if finding.rule not in self._now or finding.line is None:
                return finding
            self.moved.add(finding.rule)
            fields: list[Any] = list(finding)
            fields[place : place + 2] = map(_elsewhere, fields[place : place + 2])
            return plain(cls, *fields)

        def make(cls: type[Finding], values: Iterable[Any]) -> Finding:
            return new(cls, *values)

        Finding.__new__ = new  # type: ignore[method-assign, assignment]
        Finding._make = classmethod(make)  # type: ignore[method-assign, assignment]

    def pytest_runtest_logstart(self, nodeid: str, location: tuple[str, int | None, str]) -> None:
        self._now = self.rules.get(ROOT / nodeid.partition("::")[0], set())

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.failed.add(ROOT / report.nodeid.partition("::")[0])

    @property
    def held(self) -> set[str]:
        """The rules with places that their own tests assert."""
        return {rule for path in self.failed for rule in self.rules.get(path, ())} & self.moved


def _elsewhere(number: int | None) -> int | None:
    return number if number is None or isinstance(number, _Moved) else _Moved(number + 1)


def without_places() -> set[str]:
    """The rules that are declared to name no place."""
    rooms = {each.id for each in targets() if each.module.partition(".rules.")[0] in ROOMS_WITHOUT_PLACES}
    return rooms.union(*WITHOUT_PLACES.values())


def main() -> int:
    """Names the rules whose places no test of theirs asserts; answers 1 where there is one."""
    mover = Mover()
    folders = sorted({str(path.parent) for path in mover.rules})
    off = [word for plugin in ("cacheprovider", "xdist", "randomly") for word in ("-p", f"no:{plugin}")]
    # Warnings are another matter, and tests that fail are what is wanted.
    pytest.main(["-q", "-q", "--tb=no", "--no-summary", *off, *folders], plugins=[mover])
    rules = set().union(*mover.rules.values())
    declared = without_places()
    told = {
        "names a place that its test does not assert": mover.moved - mover.held,
        "names no place in its test, and is not declared to have none": rules - mover.moved - declared,
        "is declared to name no place": (mover.moved & declared) | (declared - rules),
    }
    for words, found in told.items():
        for rule in sorted(found):
            print(f"{rule}: {words}")
    wrong = set().union(*told.values())
    print(f"{len(rules - wrong)} of {len(rules)} rules assert where their findings stand, or have no place")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
