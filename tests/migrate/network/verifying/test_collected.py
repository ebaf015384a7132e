"""Comparing collected files: what is read, what is missing, what cannot be read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from calico_core.errors import InputError
from calico_core.exits import ExitCode
from calico_core.findings import Severity
from calico_core.report import Report
from calico_migrate.network.generated import load
from calico_migrate.network.verifying.collected import Collected, verify
from tests.migrate.conftest import NETWORK_ID, inspection

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from calico_core.report import FileReport

    Make = Callable[..., Path]

NAMES = ["10.0.0.5", "10.0.0.6"]


def verified(directory: Path, *paths: Path | None) -> tuple[dict[str, FileReport], ExitCode]:
    loaded = load(str(directory), complete=False)
    given = [str(path) if path is not None else None for path in paths]
    reports = verify(loaded, Collected(*given), [])
    code = Report(reports).exit_code(Severity.ERROR)
    return {report.path.rpartition("/")[2]: report for report in reports}, code


def test_everything_as_promised(generated: Make, collection: Path) -> None:
    reports, code = verified(generated(NAMES), collection)
    assert list(reports) == ["10.0.0.5.json", "10.0.0.6.json"]
    assert code is ExitCode.DONE


def test_a_difference(generated: Make, collection: Path) -> None:
    (collection / "10.0.0.6.json").write_text(inspection(Driver="bridge"))
    reports, code = verified(generated(NAMES), collection)
    assert [f.rule for f in reports["10.0.0.6.json"].findings] == ["network-other-driver"]
    assert code is ExitCode.FOUND


def test_different_ids_concern_the_cluster(generated: Make, collection: Path) -> None:
    (collection / "10.0.0.6.json").write_text(inspection(Id="feed" * 16))
    reports, code = verified(generated(NAMES), collection)
    assert [f.rule for f in reports["network.json"].findings] == ["several-networks-of-one-name"]
    assert code is ExitCode.FOUND


@pytest.mark.parametrize("content", [None, b"", b"{", b"\xff\xfe[", b"Error: No such network: web\n"])
def test_a_file_that_cannot_be_read(generated: Make, collection: Path, content: bytes | None) -> None:
    path = collection / "10.0.0.5.json"
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    (collection / "10.0.0.6.json").write_text(inspection(Scope="local"))
    reports, code = verified(generated(NAMES), collection)
    error = reports["10.0.0.5.json"].error
    assert error is not None
    if content is None:
        assert "nothing was collected from 10.0.0.5" in error.message
    # The others are compared all the same.
    assert reports["10.0.0.6.json"].findings
    assert code is ExitCode.UNREADABLE


def test_files_that_nobody_promised(generated: Make, collection: Path) -> None:
    (collection / "10.0.0.9.json").write_text(inspection())
    (collection / "notes.json").write_text("{}")
    (collection / "notes.txt").write_text("x")
    (collection / "pools.json").write_text('{"kind": "IPPoolList", "items": []}')
    reports, code = verified(generated(NAMES), collection, collection / "pools.json")
    assert [f.rule for f in reports["10.0.0.9.json"].findings] == ["agent-not-promised"]
    assert reports["notes.json"].skipped
    assert [f.rule for f in reports["pools.json"].findings] == ["pool-missing"]
    assert "notes.txt" not in reports
    assert code is ExitCode.FOUND


def test_pools_and_profiles_alone(generated: Make, tmp_path: Path) -> None:
    pools, profiles = tmp_path / "pools.yaml", tmp_path / "profiles.yaml"
    pools.write_text(
        "kind: IPPool\nmetadata:\n  name: web\n  annotations:\n"
        f"    org.projectcalico.label.network.ID: {NETWORK_ID}\n    org.projectcalico.label.profile: web\n"
        "spec: {cidr: 10.1.0.0/16, vxlanMode: Always, natOutgoing: true, nodeSelector: '!all()'}\n"
    )
    profiles.write_text(
        "kind: Profile\nmetadata: {name: web}\nspec:\n  labelsToApply: {web: ''}\n"
        "  ingress: [{action: Allow, source: {}}]\n  egress: [{action: Allow}]\n"
    )
    directory = generated(NAMES)
    reports, code = verified(directory, None, pools, profiles)
    assert code is ExitCode.DONE
    assert list(reports) == ["pools.yaml", "profiles.yaml"]
    profiles.write_text("kind: Profile\n")
    reports, code = verified(directory, None, pools, profiles)
    assert reports["profiles.yaml"].error is not None
    assert code is ExitCode.UNREADABLE


def test_no_directory_of_inspections(generated: Make, tmp_path: Path) -> None:
    directory = generated(NAMES)
    with pytest.raises(InputError, match="cannot be listed"):
        verified(directory, tmp_path / "nowhere")


def test_a_directory_without_agents_compares_what_is_there(generated: Make, collection: Path) -> None:
    directory = generated([])
    reports, code = verified(directory, collection)
    assert [f.rule for report in reports.values() for f in report.findings] == ["agent-not-promised"] * 2
    assert code is ExitCode.DONE


def test_a_directory_without_agents_and_nothing_to_compare(generated: Make, tmp_path: Path) -> None:
    directory = generated([])
    empty = tmp_path / "empty"
    empty.mkdir()
    reports, code = verified(directory, empty)
    assert "nothing to compare" in str(reports["empty"].error)
    assert code is ExitCode.UNREADABLE
    (empty / "10.0.0.5.json").write_text("{")
    reports, code = verified(directory, empty)
    assert reports["10.0.0.5.json"].error is not None
    assert code is ExitCode.UNREADABLE


def test_pools_beside_the_inspections_are_no_agent(generated: Make, collection: Path) -> None:
    (collection / "pools.json").write_text('{"kind": "IPPoolList", "items": []}')
    (collection / "there").mkdir()
    reports, _ = verified(generated(NAMES), collection, collection / "there" / ".." / "pools.json")
    assert [f.rule for f in reports["pools.json"].findings] == ["pool-missing"]
    assert not any(report.skipped for report in reports.values())
