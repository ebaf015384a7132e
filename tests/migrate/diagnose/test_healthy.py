"""A healthy cluster gives nothing above info and nothing undecided, in every form, release and mode."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from calico_core.findings import Severity
from calico_migrate.diagnose.diagnosis import diagnose
from calico_migrate.diagnose.report.assembling import file_report
from tests.migrate.diagnose.bundles.cluster import IPIP, VXLAN, Cluster, Pool
from tests.migrate.diagnose.bundles.items import ETCD, LISTS, NODE_STATUS, items_of
from tests.migrate.diagnose.bundles.writing import write_bundle

if TYPE_CHECKING:
    from pathlib import Path

KINDS = [
    ("1.13.9", VXLAN, True, "none"),
    ("2.0.6", VXLAN, True, "none"),
    ("2.1.0", VXLAN, True, VXLAN),
    ("2.1.0", IPIP, True, IPIP),
    ("2.1.2", VXLAN, True, VXLAN),
    ("2.2.1", VXLAN, True, VXLAN),
    ("2.2.1", IPIP, True, IPIP),
    ("2.2.1", VXLAN, False, "off"),
]


@pytest.mark.parametrize("seed", [0, 7, 11])
@pytest.mark.parametrize("form", ["cluster", "legacy", "node", "agent", "directory"])
@pytest.mark.parametrize(("release", "mode", "calico", "told"), KINDS)
def test_nothing_is_wrong(
    tmp_path: Path, release: str, mode: str, calico: bool, told: str, form: str, seed: int
) -> None:
    cluster = Cluster(release, mode, calico=calico, seed=seed)
    path = tmp_path / "bundle"
    if form == "agent":
        write_bundle(path, cluster, "node", node=cluster.agents[0])
    else:
        write_bundle(path, cluster, form)
    report = file_report(diagnose(str(path)))
    assert report.extra is not None
    assert [finding for finding in report.findings if finding.severity is not Severity.INFO] == []
    assert report.extra["undecided"] == []
    bundle = report.extra["bundle"]
    assert bundle["form"] == ("node" if form == "agent" else form)
    assert bundle["release"] == release
    assert bundle["mode"] == told
    assert bundle["collected_at"] == "2020-06-01T12:34:56Z"
    states = {node["calico"] for node in bundle["nodes"]}
    assert states == ({"ok"} if told in (VXLAN, IPIP) else {"unknown"})
    assert len(bundle["nodes"]) == (1 if form in ("agent", "node") else 8)
    assert bundle["nodes"][0]["role"] == ("agent" if form == "agent" else "master")


def test_several_times_give_the_same(tmp_path: Path) -> None:
    path = write_bundle(tmp_path / "bundle.zip", Cluster())
    assert file_report(diagnose(str(path))) == file_report(diagnose(str(path), jobs=2))


def test_the_generator_makes_every_name(shared: Path) -> None:
    """The names that the collectors of each release have, as their own code gives them."""
    rows = (shared / "corpus/diagnostics/names.tsv").read_text(encoding="utf-8").splitlines()
    wanted: dict[tuple[str, str, str], set[str]] = {}
    for row in rows[1:]:
        release, calico, role, form, optional, name = row.split("\t")
        if form == "parallel" and not (optional == "true" and name.endswith((".gz", ".1"))):
            wanted.setdefault((release, calico, role), set()).add(name)
    for (release, calico, role), names in wanted.items():
        cluster = Cluster(release, calico=calico != "false")
        node = next(node for node in cluster.nodes if node.role == role)
        assert names - set(items_of(cluster, node)) == set(), (release, calico, role)


@pytest.mark.parametrize("form", ["cluster", "legacy"])
def test_what_takes_too_long_proves_nothing(tmp_path: Path, form: str) -> None:
    cluster = Cluster()
    for master in cluster.masters:
        for item in (*LISTS, NODE_STATUS, ETCD):
            cluster.fail(master, item, "signal: killed")
    report = file_report(diagnose(str(write_bundle(tmp_path / "bundle.zip", cluster, form))))
    assert {finding.rule for finding in report.findings if finding.severity is not Severity.INFO} == set()
    assert "items-not-collected" in {finding.rule for finding in report.findings}
    assert report.extra is not None
    assert {entry["reason"] for entry in report.extra["undecided"]} == {"failed"}
    assert {node["calico"] for node in report.extra["bundle"]["nodes"]} == {"unknown"}


def test_a_second_pool_of_ipv6_is_usual(tmp_path: Path) -> None:
    cluster = Cluster()
    cluster.pools.append(Pool("default-ipv6-ippool", "fd8a:1:2::/48", "Never", "Never", block_size=122))
    report = file_report(diagnose(str(write_bundle(tmp_path / "bundle.zip", cluster))))
    assert {finding.severity for finding in report.findings} == {Severity.INFO}


def test_optional_items_that_failed_hold_their_error(tmp_path: Path) -> None:
    cluster = Cluster()
    cluster.change(None, "sestatus.output", lambda _: 'exec: "sestatus": executable file not found in $PATH')
    cluster.change(cluster.node(21), "ipset_list.output", lambda _: "exit status 1")
    report = file_report(diagnose(str(write_bundle(tmp_path / "bundle.zip", cluster))))
    assert {finding.severity for finding in report.findings} == {Severity.INFO}
    assert report.extra is not None
    assert [(entry["rule"], entry["node"], entry["reason"]) for entry in report.extra["undecided"]] == [
        ("vxlan-peer-missing", "10.0.1.21", "failed")
    ]


def test_what_was_not_collected_names_what_it_leaves_open(tmp_path: Path) -> None:
    cluster = Cluster()
    cluster.fail(cluster.node(21), "dmesg_-T.output", "signal: killed")
    report = file_report(diagnose(str(write_bundle(tmp_path / "bundle.zip", cluster))))
    (finding,) = [each for each in report.findings if each.rule == "items-not-collected"]
    assert finding.message == (
        "1 item could not be collected: dmesg_-T.output (leaves undecided: conntrack-table-full,"
        " neighbour-table-full and selinux-denies)"
    )
