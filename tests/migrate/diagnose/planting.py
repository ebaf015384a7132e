"""A fault planted in a healthy cluster, and what must come of it."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from calico_core.findings import Severity
from calico_core.rules import load_rules
from calico_migrate.diagnose.diagnosis import diagnose
from calico_migrate.diagnose.report.assembling import file_report
from tests.migrate.diagnose.bundles.cluster import VXLAN, Cluster
from tests.migrate.diagnose.bundles.writing import write_bundle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from _pytest.mark.structures import ParameterSet

    from calico_core.report import FileReport

RULES = load_rules(["calico_migrate.diagnose.rules"])


class Fault(NamedTuple):
    """A fault: ``plant`` changes the cluster, ``rule`` must say so.

    ``nodes`` are the last numbers of the addresses that the finding names, and ``also`` the other rules of
    severity error that follow from it. ``evidence`` must stand in its evidence.
    """

    rule: str
    plant: Callable[[Cluster], object]
    nodes: tuple[int, ...] = ()
    also: tuple[str, ...] = ()
    evidence: str = ""
    mode: str = VXLAN
    release: str = "2.2.1"
    form: str = "cluster"
    calico: bool = True


def cases(*faults: Fault) -> list[ParameterSet]:
    """The faults as cases, named by their rules."""
    return [pytest.param(fault, id=f"{fault.rule}-{number}") for number, fault in enumerate(faults)]


def report_of(cluster: Cluster, form: str = "cluster", **options: object) -> FileReport:
    """What is said of a cluster's bundle."""
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / ("bundle" if form == "directory" else "bundle.zip")
        write_bundle(path, cluster, form, **options)  # type: ignore[arg-type]
        return file_report(diagnose(str(path)))


def check(fault: Fault) -> None:
    """The fault is found by its rule, at its nodes, and nothing else is called an error; without it all is
    calm.
    """
    cluster = Cluster(fault.release, fault.mode, calico=fault.calico)
    addresses = {f"{cluster.base}.{number}" for number in fault.nodes}
    fault.plant(cluster)
    report = report_of(cluster, fault.form)
    own = [finding for finding in report.findings if finding.rule == fault.rule]
    said = [f"{finding.severity.value}: {finding.rule}: {finding.message}" for finding in report.findings]
    assert own, said
    assert {finding.severity for finding in own} == {RULES[fault.rule].severity}
    extras = [finding.extra or {} for finding in own]
    places = {place for extra in extras for place in (extra["node"], *extra["nodes"]) if place}
    assert addresses <= places, places
    texts = [f"{piece['file']}: {piece['text']}" for extra in extras for piece in extra["evidence"]]
    assert fault.evidence in "\n".join(texts), texts
    allowed = {fault.rule, *fault.also}
    errors = {finding.rule for finding in report.findings if finding.severity is Severity.ERROR}
    assert errors <= allowed, said
    assert errors >= set(fault.also), said
    healthy = report_of(Cluster(fault.release, fault.mode, calico=fault.calico), fault.form)
    if RULES[fault.rule].severity is not Severity.INFO:
        assert fault.rule not in rules_of(healthy.findings)


def rules_of(findings: Iterable[object]) -> set[str]:
    """The rules of findings."""
    return {finding.rule for finding in findings}  # type: ignore[attr-defined]
