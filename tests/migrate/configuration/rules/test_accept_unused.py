"""Entries that settle nothing."""

from __future__ import annotations

from calico_core.report import FileReport, Report
from calico_migrate.configuration.file import Accept, Configuration
from calico_migrate.configuration.settling import Settling


def test_is_told_at_its_line() -> None:
    entry = Accept("x", None, None, None, "was wrong", 7)
    settling = Settling(Configuration(".calico-migrate.toml", "/", accept=(entry,)))
    (file,) = settling.report(Report([])).files
    assert file.path == ".calico-migrate.toml"
    (finding,) = file.findings
    assert (finding.rule, finding.severity, finding.line) == ("accept-unused", "info", 7)
    assert finding.message == "this entry settles nothing (was wrong)"


def test_is_silent_about_an_entry_that_settles_something() -> None:
    from calico_migrate.configuration.rules import accept_unused

    finding = accept_unused.finding("x", 1)
    entry = Accept("accept-*", None, None, None, "because", 7)
    settling = Settling(Configuration(".calico-migrate.toml", "/", accept=(entry,)))
    (file,) = settling.report(Report([FileReport("a", "app", findings=[finding])])).files
    assert file.findings == []
    assert settling.settled == (1, 0)
