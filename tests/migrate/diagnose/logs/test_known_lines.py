"""Every known line is found in its sample, and leads to a finding where it is a problem."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest

from calico_core.findings import Severity
from calico_migrate.diagnose.diagnosis import diagnose
from calico_migrate.diagnose.logs import catalogue
from calico_migrate.diagnose.logs.scanning import scan
from calico_migrate.diagnose.report.assembling import file_report
from tests.migrate.diagnose.bundles.cluster import IPIP, VXLAN, Cluster
from tests.migrate.diagnose.bundles.writing import write_bundle

if TYPE_CHECKING:
    from collections.abc import Iterator

CORPUS = Path(__file__).resolve().parents[5] / "shared" / "corpus" / "diagnostics"
pytestmark = pytest.mark.skipif(not CORPUS.exists(), reason="the corpus of log lines is not here")

# Lines that alone say nothing to act on: a single refusal or change, what a container's end brings along.
ALONE_CALM = {
    "felix-iptables-restore",
    "felix-chain-changed",
    "felix-routes-dirty",
    "felix-conntrack",
    "felix-iface-config",
    "startup-ip-changed",
    "startup-ip-not-local",
    "startup-terminating",
    "bird-netlink",
    "etcd-no-leader",
    "etcd-peer",
    "etcd-slow",
}


class Sample(NamedTuple):
    """A row of the corpus."""

    id: str
    item: str
    severity: str
    text: str


def samples() -> Iterator[Sample]:
    if CORPUS.exists():
        for row in (CORPUS / "log-lines.tsv").read_text(encoding="utf-8").splitlines():
            if not row.startswith("#"):
                name, files, severity, _, text, *_ = row.split("\t")
                for item in files.split("|"):
                    yield Sample(name, item, severity, text)


SAMPLES = list(samples())


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: f"{sample.id}-{sample.item}")
def test_a_sample_is_known(sample: Sample) -> None:
    found = scan(sample.item, "log", [sample.text.encode() + b"\n"])
    known = {*found.hits, *found.goods, *(["bird-state"] if found.states else [])}
    assert sample.id in known


def test_there_are_all_of_them() -> None:
    known = {line.id for lines in catalogue.BY_ITEM.values() for line in lines}
    assert {sample.id for sample in SAMPLES} - known == set()
    assert len({sample.id for sample in SAMPLES}) == 92


@pytest.mark.parametrize("item", list(catalogue.BY_ITEM))
def test_benign_lines_say_nothing(item: str) -> None:
    data = (CORPUS / "log-lines-benign.txt").read_bytes()
    assert dict(scan(item, "log", [data]).hits) == {}


@pytest.mark.parametrize(
    "sample",
    [sample for sample in SAMPLES if sample.severity in ("E", "W")],
    ids=lambda sample: f"{sample.id}-{sample.item}",
)
def test_a_problem_in_a_healthy_cluster(sample: Sample) -> None:
    mode = IPIP if sample.id.startswith(("bird", "confd", "felix-ipip")) else VXLAN
    cluster = Cluster(mode=mode)
    node = cluster.masters[0] if sample.item == "dcos-etcd.service" else cluster.agents[0]
    peer = cluster.agents[1].address.replace(".", "_")
    line = sample.text.replace("Mesh_10_0_1_2:", f"Mesh_{peer}:")
    cluster.change(node, sample.item, lambda text: f"{text}{line}\n")
    with tempfile.TemporaryDirectory() as directory:
        report = file_report(diagnose(str(write_bundle(Path(directory) / "bundle.zip", cluster))))
    quoting = [
        finding
        for finding in report.findings
        if any(piece["file"].endswith(sample.item) for piece in (finding.extra or {})["evidence"])
    ]
    if sample.id in ALONE_CALM:
        assert quoting == []
        return
    assert quoting, sample
    errors = [finding for finding in report.findings if finding.severity is Severity.ERROR]
    assert len({finding.rule for finding in errors}) <= 1, [finding.rule for finding in errors]


@pytest.mark.parametrize(
    "sample",
    [sample for sample in SAMPLES if sample.severity not in ("E", "W")],
    ids=lambda sample: f"{sample.id}-{sample.item}",
)
def test_good_lines_are_no_findings(sample: Sample) -> None:
    cluster = Cluster(mode=IPIP if sample.id.startswith("bird") else VXLAN)
    cluster.change(cluster.agents[0], sample.item, lambda text: f"{text}{sample.text}\n")
    with tempfile.TemporaryDirectory() as directory:
        report = file_report(diagnose(str(write_bundle(Path(directory) / "bundle.zip", cluster))))
    assert {finding.severity for finding in report.findings} == {Severity.INFO}


CURED = [
    ("dcos-calico-felix.service", "felix-iptables-restore", "felix-iptables-retry-ok"),
    ("dcos-calico-felix.service", "felix-iptables-panic", "felix-iptables-retry-ok"),
    ("dcos-calico-felix.service", "felix-vxlan-retry", "felix-vxlan-ok"),
    ("dcos-calico-felix.service", "felix-vxlan-parent", "felix-vxlan-ok"),
    ("dcos-calico-felix.service", "felix-vxlan-cant-locate", "felix-vxlan-ok"),
    ("dcos-calico-felix.service", "startup-no-datastore", "felix-first-apply"),
    ("dcos-calico-felix.service", "startup-ip-conflict", "felix-first-apply"),
    ("dcos-calico-felix.service", "felix-datastore-client", "felix-first-apply"),
    ("dcos-calico-felix.service", "felix-ipset-panic", "felix-first-apply"),
    ("dcos-calico-felix.service", "tunnel-exhausted", "felix-first-apply"),
    ("dcos-calico-libnetwork-plugin.service", "net-cluster-store", "net-made"),
    ("dcos-calico-libnetwork-plugin.service", "net-not-in-time", "net-made"),
]


@pytest.mark.parametrize(("item", "problem", "cure"), CURED)
def test_what_is_cured_is_no_problem(item: str, problem: str, cure: str) -> None:
    texts = {sample.id: sample.text.encode() for sample in SAMPLES}
    bad, good = texts[problem], texts[cure]
    assert problem not in scan(item, "log", [bad + b"\n" + good + b"\n"]).hits
    assert problem in scan(item, "log", [good + b"\n" + bad + b"\n"]).hits
    assert problem not in scan(item, "log", [bad + b"\n", b"x\n" * 1000, good + b"\n"]).hits
