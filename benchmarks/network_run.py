"""``network run`` on twenty agents that have the network, beside ``parallel-ssh`` with the same script.

The agents are those of the tests with real parts: real sshd and dockerd on this machine. What is measured is
wall time, because the work is done by other processes.
"""

from __future__ import annotations

import math
import shutil
import statistics
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import Row, tool

if TYPE_CHECKING:
    from tests.real.lab import Lab

TITLE = "network run"
REFERENCE = "parallel-ssh sending the same script with --verify to 20 agents at once"

_AGENTS = 20
_ROUNDS = 5
_FACTOR = 1.5
_NAME = "`network run`, 20 agents that have the network (wall time)"


def rows() -> list[Row]:
    """One row; where the machine has not what it takes, it says so and has no bound."""
    reason = _obstacle()
    if reason is not None:
        return [Row(_NAME, math.nan, note=f"not measured: {reason}")]
    from tests.real.lab import Lab

    folder = Path(tempfile.mkdtemp(prefix="calico-migrate-"))
    lab = Lab(folder / "lab", _AGENTS)
    try:
        lab.start()
        return [_measured(lab, folder)]
    finally:
        lab.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _obstacle() -> str | None:
    from tests.real.lab import SYSTEM_PATH, obstacle

    if shutil.which("parallel-ssh", path=SYSTEM_PATH) is None:
        return "parallel-ssh is missing (Debian package pssh)"
    return obstacle()


def _measured(lab: Lab, folder: Path) -> Row:
    agents, directory = folder / "agents", folder / "bench"
    agents.write_text("".join(f"{agent.address}\n" for agent in lab.agents))
    generated = tool("network", "generate", "bench", "--cidr", "10.1.0.0/16", "--agents", str(agents))
    _wall(lab, [*generated, "--output-dir", str(directory)])
    script = (directory / "create-network.sh").read_text()
    remote = "sh -s -- --verify"
    run = tool("network", "run", str(directory))
    # The first run makes the network.
    _wall(lab, run)
    ours, theirs, one = [], [], []
    for _ in range(_ROUNDS):
        ours.append(_wall(lab, run))
        theirs.append(
            _wall(
                lab,
                ["parallel-ssh", "-h", str(agents), "-p", str(_AGENTS), "-t", "300", "-I", remote],
                script,
            )
        )
        one.append(_wall(lab, ["ssh", lab.agents[0].address, remote], script))
    peer = statistics.median(theirs)
    round_trip = statistics.median(one) / peer
    return Row(
        _NAME,
        statistics.median(ours) / peer,
        bound=_FACTOR + round_trip,
        note=f"bound: {_FACTOR:g} plus one agent's round trip, which is {round_trip:.2f}",
    )


def _wall(lab: Lab, command: list[str], stdin: str = "") -> float:
    ended = lab.inside(*command, stdin=stdin)
    if ended.code:
        raise RuntimeError(f"{command[:4]} ended with {ended.code}: {ended.out[-500:]}{ended.err[-500:]}")
    return ended.seconds


if __name__ == "__main__":
    for row in rows():
        print(row)
    sys.exit(0)
