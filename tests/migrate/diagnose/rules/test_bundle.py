"""The bundle itself: forms, damage, and what the collectors could not collect."""

from __future__ import annotations

import errno
import gzip
import os
import zipfile
import zlib
from typing import TYPE_CHECKING, Any

import pytest

from calico_core.errors import InputError
from calico_core.findings import Severity
from calico_migrate.diagnose.bundle.opening import open_bundle
from calico_migrate.diagnose.diagnosis import diagnose
from calico_migrate.diagnose.report.assembling import file_report
from tests.migrate.diagnose.bundles import items
from tests.migrate.diagnose.bundles.cluster import Cluster
from tests.migrate.diagnose.bundles.writing import write_bundle
from tests.migrate.diagnose.planting import Fault, cases, check, rules_of
from tests.support.command_line import run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from calico_core.report import FileReport


@pytest.mark.parametrize(
    "fault",
    cases(
        Fault(
            "node-not-collected",
            lambda cluster: cluster.missing_nodes.update({cluster.node(24).address: "connection refused"}),
            (24,),
            evidence="connection refused",
        ),
        Fault(
            "node-not-in-bundle",
            lambda cluster: cluster.missing_nodes.update({cluster.node(24).address: ""}),
            (24,),
        ),
        Fault(
            "node-count-differs", lambda cluster: cluster.extra_nodes.append(("10.0.1.99", "10.0.1.99", ""))
        ),
        Fault(
            "items-not-collected",
            lambda cluster: cluster.fail(cluster.node(24), "docker_ps.output", "signal: killed"),
            (24,),
            evidence="signal: killed",
        ),
        Fault(
            "items-not-collected",
            lambda cluster: cluster.fail(cluster.node(24), "docker_ps.output"),
            (24,),
            form="legacy",
        ),
        Fault(
            "item-cut",
            lambda cluster: cluster.change(cluster.node(2), "8080-v2_apps.json", lambda text: text[:40]),
            (2,),
        ),
        Fault(
            "item-cut",
            lambda cluster: cluster.errors.append(
                (cluster.node(2).address, "dcos-calico-libnetwork-plugin.service", "no MESSAGE field", True)
            ),
        ),
        Fault(
            "release-differs",
            lambda cluster: cluster.replace(
                cluster.node(24), "opt/mesosphere/etc/dcos-version.json", "2.2.1", "2.1.2"
            ),
            (24,),
        ),
        Fault("no-calico", lambda cluster: None, release="2.0.6"),
        Fault("no-calico", lambda cluster: None, calico=False),
        Fault(
            "resource-lists-differ",
            lambda cluster: cluster.replace(
                cluster.node(3), items.ENDPOINTS, f"name: {cluster.base}.21-cni", "name: x"
            ),
            (3,),
        ),
    ),
)
def test_it_is_found(fault: Fault) -> None:
    check(fault)


def _whole(tmp_path: Path) -> Path:
    return write_bundle(tmp_path / "bundle.zip", Cluster())


def _again(path: Path, change: Callable[[zipfile.ZipInfo, bytes], list[tuple[str, bytes]]]) -> Path:
    """The same members, some of them changed."""
    changed = path.with_name("changed.zip")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            for name, data in change(info, old.read(info)):
                new.writestr(name, data)
    return changed


def _report(path: Path) -> FileReport:
    return file_report(diagnose(str(path)))


def _errors(report: FileReport) -> set[str]:
    return rules_of(finding for finding in report.findings if finding.severity is Severity.ERROR)


@pytest.mark.parametrize("share", [0.2, 0.3, 0.4, 0.45, 0.6, 0.99])
@pytest.mark.parametrize("form", ["cluster", "legacy"])
def test_a_cut_download_is_judged_as_far_as_it_goes(tmp_path: Path, share: float, form: str) -> None:
    path = write_bundle(tmp_path / "bundle.zip", Cluster(), form)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    report = _report(path)
    assert _errors(report) == {"bundle-truncated"}
    warnings = {finding.rule for finding in report.findings if finding.severity is Severity.WARNING}
    assert warnings <= {"item-cut"}
    assert report.extra is not None
    assert {entry["reason"] for entry in report.extra["undecided"]} <= {"cut"}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"<!DOCTYPE html><html>log in</html>", "web page"),
        (b'{"error": "no"}', "JSON"),
        (b"", "is empty"),
        (b"PK\x03\x04 and nothing more", "no member"),
        (b"anything", "no zip"),
    ],
)
def test_what_is_no_bundle_is_told(tmp_path: Path, data: bytes, words: str) -> None:
    path = tmp_path / "bundle.zip"
    path.write_bytes(data)
    result = run("diagnose", str(path), "--format", "json")
    assert result.code == 3
    assert "bundle-unrecognised" in result.text
    assert words in result.text


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("net-runbook-10.0.1.1/x", "runbook"),
        ("calico-diags/y", "calicoctl"),
        ("3dt-health.json", "1.11"),
        ("a", "no file"),
    ],
)
def test_other_archives_are_told_by_their_names(tmp_path: Path, name: str, words: str) -> None:
    path = tmp_path / "other.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(name, "x")
    with pytest.raises(Exception, match=words):
        diagnose(str(path))


def test_a_name_that_is_there_twice(tmp_path: Path) -> None:
    def double(info: zipfile.ZipInfo, data: bytes) -> list[tuple[str, bytes]]:
        twice = info.filename.endswith("21_agent/df.output")
        return [(info.filename, data), (info.filename, data + b"x\n")] if twice else [(info.filename, data)]

    with pytest.warns(UserWarning, match="Duplicate name"):
        path = _again(_whole(tmp_path), double)
    report = _report(path)
    assert "item-twice" in rules_of(report.findings)
    assert _errors(report) == set()


def test_a_damaged_member_is_undecided_alone(tmp_path: Path) -> None:
    path = _whole(tmp_path)
    with zipfile.ZipFile(path) as archive:
        info = archive.getinfo("10.0.1.22_agent/ip_route.output")
        start = info.header_offset + 30 + len(info.filename)
    data = bytearray(path.read_bytes())
    deflated = data[start : start + info.compress_size]
    # One byte of the text, deflated again to the same length: only the checksum tells.
    text = zlib.decompress(deflated, -15)
    position = data.rfind(
        b"PK\x01\x02", 0, data.find(b"10.0.1.22_agent/ip_route.output", start + info.compress_size)
    )
    data[position + 16 : position + 20] = (zlib.crc32(text) ^ 1).to_bytes(4, "little")
    path.write_bytes(data)
    report = _report(path)
    assert "item-unreadable" in rules_of(report.findings)
    assert _errors(report) == set()
    assert report.extra is not None
    assert {entry["item"] for entry in report.extra["undecided"]} == {"ip_route.output"}


def test_encrypted_members(tmp_path: Path) -> None:
    path = _whole(tmp_path)
    data = bytearray(path.read_bytes())
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        if b"22_agent/ip_addr.output" in data[at : at + 120]:
            data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 4)
    path.write_bytes(data)
    report = _report(path)
    assert "item-unreadable" in rules_of(report.findings)
    assert _errors(report) == set()


def _locked(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """A folder that cannot be listed, also by root."""
    listing = os.scandir

    def scandir(path: str) -> Any:
        if path == str(folder):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
        return listing(path)

    monkeypatch.setattr(os, "scandir", scandir)


def test_a_folder_of_an_extracted_bundle_that_cannot_be_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with zipfile.ZipFile(_whole(tmp_path)) as archive:
        archive.extractall(tmp_path / "extracted")
    _locked(monkeypatch, tmp_path / "extracted" / "10.0.1.22_agent")
    (found,) = [each for each in _report(tmp_path / "extracted").findings if each.rule == "item-unreadable"]
    assert found.message == "10.0.1.22_agent cannot be read: permission denied"
    assert found.hint == "make it readable, or extract the bundle again"


def test_a_directory_that_cannot_be_listed_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _locked(monkeypatch, tmp_path)
    with pytest.raises(InputError, match="cannot be read: permission denied"):
        open_bundle(str(tmp_path))


def test_an_encrypted_archive_is_refused(tmp_path: Path) -> None:
    path = _whole(tmp_path)
    data = bytearray(path.read_bytes())
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 4)
    path.write_bytes(data)
    with pytest.raises(Exception, match="is encrypted"):
        diagnose(str(path))


def test_a_bomb_is_given_up(tmp_path: Path) -> None:
    def inflate(info: zipfile.ZipInfo, data: bytes) -> list[tuple[str, bytes]]:
        return [
            (info.filename, bytes(40 << 20) if info.filename.endswith("22_agent/ip_route.output") else data)
        ]

    report = _report(_again(_whole(tmp_path), inflate))
    assert "item-too-large" in rules_of(report.findings)
    assert _errors(report) == set()
    assert report.extra is not None
    assert {entry["reason"] for entry in report.extra["undecided"]} == {"too-large"}


def test_names_that_lead_elsewhere_are_not_read(tmp_path: Path) -> None:
    path = _whole(tmp_path)
    with zipfile.ZipFile(path, "a") as archive:
        for name in ("../../etc/cron.d/job", "/etc/passwd", "10.0.1.21_agent/\x1b[31m"):
            archive.writestr(name, "x")
    report = _report(path)
    (finding,) = [finding for finding in report.findings if finding.rule == "foreign-name"]
    assert finding.message.startswith("3 members have names")
    assert "\x1b" not in str(finding)


def test_a_cut_gzip_stream_is_used_as_far_as_it_goes(tmp_path: Path) -> None:
    cluster = Cluster()
    line = "2020-06-01 12:34:56.788 [ERROR][1834] felix/daemon.go 223: Failed to create datastore client error=no such host"
    cluster.append(cluster.node(22), items.FELIX, line, *["x" * 90 + str(number) for number in range(5000)])
    path = write_bundle(tmp_path / "bundle.zip", cluster, "legacy")

    def cut(info: zipfile.ZipInfo, data: bytes) -> list[tuple[str, bytes]]:
        return [(info.filename, data[:-60] if "22_agent/dcos-calico-felix" in info.filename else data)]

    report = _report(_again(path, cut))
    assert {"item-cut", "datastore-unreachable"} <= rules_of(report.findings)
    assert _errors(report) == {"datastore-unreachable"}


@pytest.mark.parametrize("form", ["cluster", "legacy"])
def test_ports_of_the_enterprise_edition(tmp_path: Path, form: str) -> None:
    ports = {"8080-": "8443-", "9000-": "9443-", "8181-": "443-"}

    def rename(name: str) -> str:
        for old, new in ports.items():
            name = new + name.removeprefix(old) if name.startswith(old) else name
        return name

    report = _report(write_bundle(tmp_path / "bundle.zip", Cluster(), form, rename=rename))
    assert report.extra is not None
    assert report.extra["undecided"] == []
    assert report.extra["migration"]["networks"]["calico"]["apps"] == 3


def test_two_hundred_nodes(tmp_path: Path) -> None:
    from tests.migrate.diagnose.bundles.cluster import Node

    cluster = Cluster()
    for number in range(40, 232):
        cluster.nodes.append(Node(f"{cluster.base}.{number}", "agent", number))
    report = _report(write_bundle(tmp_path / "bundle.zip", cluster))
    assert _errors(report) == set()
    assert report.extra is not None
    assert len(report.extra["bundle"]["nodes"]) == 200


def test_a_nested_gzip_is_not_opened(tmp_path: Path) -> None:
    path = _whole(tmp_path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("10.0.1.1_master/var/log/mesos-state.tar.gz", gzip.compress(bytes(1 << 20)))
    assert _errors(_report(path)) == set()
