"""Entries whose last day has passed."""

from __future__ import annotations

from datetime import date

import pytest

from calico_core.report import FileReport, Report
from calico_migrate.configuration.file import Accept, Configuration
from calico_migrate.configuration.rules import accept_unused
from calico_migrate.configuration.settling import Settling

LAST = date(2026, 3, 31)


@pytest.mark.parametrize("today, holds", [(date(2026, 3, 31), True), (date(2026, 4, 1), False)])
def test_holds_on_its_last_day_and_no_longer(today: date, holds: bool) -> None:
    entry = Accept("accept-unused", None, None, LAST, "moves in March", 3)
    settling = Settling(Configuration("c.toml", "/", accept=(entry,)), today=today)
    report = settling.report(Report([FileReport("a", "app", findings=[accept_unused.finding("x", 1)])]))
    assert bool(report.files[0].findings) is not holds
    told = [finding for file in report.files[1:] for finding in file.findings]
    if holds:
        assert told == []
    else:
        assert [(each.rule, each.severity, each.line) for each in told] == [("accept-expired", "info", 3)]
        assert "held until 2026-03-31" in told[0].message
