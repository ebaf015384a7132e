"""`network verify` as users and their scripts see it: lines, report, exit codes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from calico_migrate.cli import run as calico_migrate
from tests.migrate.conftest import inspection

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.migrate.conftest import StandIn

    Make = Callable[..., Path]

NAMES = ["10.0.0.5", "10.0.0.6"]


def test_everything_as_promised(
    generated: Make,
    collection: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:
    assert calico_migrate(["network", "verify", str(generated(NAMES)), "--inspect", str(collection)]) == 0
    assert capfd.readouterr() == ("2 compared: 2 as promised\n", "")


def test_a_difference(generated: Make, collection: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (collection / "10.0.0.6.json").write_text("[]")
    assert calico_migrate(["network", "verify", str(generated(NAMES)), "--inspect", str(collection)]) == 1
    line, total = capfd.readouterr().out.splitlines()
    assert line.startswith(
        f"{collection}/10.0.0.6.json: network-missing: error: the Docker network 'web' is not there"
    )
    assert total == "2 compared: 1 as promised, 1 with findings"


def test_statistics(generated: Make, collection: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (collection / "10.0.0.6.json").write_text("[]")
    arguments = ["network", "verify", str(generated(NAMES)), "--inspect", str(collection), "--statistics"]
    assert calico_migrate(arguments) == 1
    shown = capfd.readouterr().out.splitlines()
    assert "network-missing" in shown[1]
    assert shown[-1] == "2 compared: 1 as promised, 1 with findings"


def test_a_file_that_is_missing(
    generated: Make,
    collection: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:
    (collection / "10.0.0.6.json").unlink()
    directory = str(generated(NAMES))
    assert calico_migrate(["network", "verify", directory, "--inspect", str(collection)]) == 3
    assert "nothing was collected from 10.0.0.6" in capfd.readouterr().out
    assert calico_migrate(["network", "verify", directory, "--inspect", str(collection / "no")]) == 3
    assert calico_migrate(["network", "verify", directory, "--pools", str(collection / "no")]) == 3


def test_a_warning_before_the_resources_is_passed_over(
    generated: Make, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    directory = str(generated(NAMES))
    pools, profiles = tmp_path / "pools", tmp_path / "profiles"
    pools.write_text("WARNING: old\n[]")
    profiles.write_text("WARNING: old\nkind: ProfileList\nitems: []\n")
    command = ["network", "verify", directory, "--pools", str(pools), "--profiles", str(profiles)]
    assert calico_migrate(command) == 1
    out, err = capfd.readouterr()
    assert "pool-missing" in out
    assert "profile-missing" in out
    said = "1 line before the resources passed over: WARNING: old"
    assert err == f"note: {pools}: {said}\nnote: {profiles}: {said}\n"
    assert calico_migrate([*command, "--quiet"]) == 1
    assert capfd.readouterr().err == ""
    assert calico_migrate(["network", "verify", directory, "--pools", "-", "--profiles", "-"]) == 2


def test_the_report(generated: Make, collection: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (collection / "10.0.0.6.json").write_text(inspection(Scope="local"))
    arguments = ["network", "verify", str(generated(NAMES)), "--inspect", str(collection), "--format"]
    assert calico_migrate([*arguments, "json"]) == 1
    report = json.loads(capfd.readouterr().out)
    assert report["summary"]["errors"] == 1
    (finding,) = report["files"][1]["findings"]
    assert finding["rule"] == "network-other-scope"
    assert finding["source"]
    assert calico_migrate([*arguments, "github"]) == 1
    assert "::error" in capfd.readouterr().out


def test_ignored_rules(generated: Make, collection: Path) -> None:
    (collection / "10.0.0.6.json").write_text(inspection(Scope="local"))
    arguments = ["network", "verify", str(generated(NAMES)), "--inspect", str(collection)]
    assert calico_migrate([*arguments, "--ignore", "network-other-scope"]) == 0


@pytest.mark.parametrize(
    "options",
    [[], ["--live", "--inspect", "x"], ["--live", "--pools", "x"], ["--live", "--profiles", "x"], ["--what"],
     ["--pools", "x", "--format", "jsonpatch"]],
)  # fmt: skip
def test_wrong_usage(generated: Make, options: list[str]) -> None:
    assert calico_migrate(["network", "verify", str(generated(NAMES)), *options]) == 2


def test_live(generated: Make, stand_in: StandIn, capfd: pytest.CaptureFixture[str]) -> None:
    directory = generated(NAMES, {"10.0.0.6": "exit 0\n"})
    assert calico_migrate(["network", "verify", str(directory), "--live"]) == 4
    line, total = capfd.readouterr().out.splitlines()
    assert line.startswith("10.0.0.6: error: unknown: exit code 0 without the script's last line")
    assert total == "1 compared: 1 as promised, 1 not known"
    # Looking leaves no trace.
    assert not (directory / "run-journal.json").exists()
