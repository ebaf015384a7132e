"""The ``diagnose`` command on a bundle with large logs, and on one of many nodes and endpoints."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks import Row, measure, tool

TITLE = "`calico-migrate diagnose`"
REFERENCE = "a Python process that inflates every member of the same zip in blocks"

_INFLATE = (
    "import sys, zipfile\n"
    "archive = zipfile.ZipFile(sys.argv[1])\n"
    "for info in archive.infolist():\n"
    "    with archive.open(info) as stream:\n"
    "        while stream.read(1 << 20):\n"
    "            pass\n"
)
_MEMORY = 150 * 1024 * 1024


def _felix(lines: int, chance: random.Random) -> str:
    """A journal of Felix: mostly words of its working, two in a hundred warnings that nobody knows."""
    rows = []
    for number in range(lines):
        stamp = f"2020-06-01 {number // 20000 % 12:02d}:{number // 333 % 60:02d}:{number // 6 % 60:02d}.1 +0000 UTC"
        level, words = (
            "INFO",
            f"route_table.go 12: Queueing a resync. ifaceRegex=x id={chance.randrange(1 << 60):x}",
        )
        kind = chance.random()
        if kind < 0.02:
            level, words = "WARNING", f"int_dataplane.go 7: Something about cali{chance.randrange(1 << 40):x}"
        elif kind < 0.05:
            words = "int_dataplane.go 1228: Finished applying updates to dataplane. msecToApply=12.5"
        rows.append(
            f"{stamp} 2020-06-01 12:00:00.1 [{level}][1834] felix/{words} ipVersion=0x4 ifaceName=eth0\n"
        )
    return "".join(rows)


def _agent(lines: int, chance: random.Random) -> str:
    """A log of a Mesos agent, which is by far the largest of a bundle."""
    return "".join(
        f"I0601 12:{number // 60000 % 60:02d}:00.{number % 1000000:06d}  1234 slave.cpp:{chance.randrange(9000)}] Got a"
        f" request for container {chance.randrange(1 << 62):x} of executor 'shop_web.{chance.randrange(1 << 50):x}'\n"
        for number in range(lines)
    )


def make(folder: Path) -> None:
    """Writes both bundles; in a process of its own, because its memory is not measured."""
    from tests.migrate.diagnose.bundles import items
    from tests.migrate.diagnose.bundles.cluster import Cluster, Node
    from tests.migrate.diagnose.bundles.writing import write_bundle

    chance = random.Random(1)
    felix, agent = _felix(120_000, chance), _agent(400_000, chance)
    cluster = Cluster()
    cluster.change(None, items.FELIX, lambda text: felix + text)
    cluster.change(None, items.AGENT_LOG, lambda text: agent + text)
    write_bundle(folder / "logs.zip", cluster)
    wide = Cluster()
    wide.nodes += [Node(f"{wide.base}.{number}", "agent", number) for number in range(40, 232)]
    for app in wide.apps[:3]:
        app.instances = 700
    wide.start()
    write_bundle(folder / "wide.zip", wide)


def rows() -> list[Row]:
    """CPU per byte of logs, and peak memory."""
    folder = Path(tempfile.mkdtemp(prefix="calico-migrate-benchmark-"))
    try:
        subprocess.run([sys.executable, "-m", "benchmarks.diagnose", str(folder)], check=True)
        logs, wide = str(folder / "logs.zip"), str(folder / "wide.zip")
        measured = measure(
            {
                "one": tool("diagnose", "--quiet", "--jobs", "1", logs),
                "two": tool("diagnose", "--quiet", "--jobs", "2", logs),
                "wide": tool("diagnose", "--quiet", "--jobs", "1", wide),
                "inflate": [sys.executable, "-c", _INFLATE, logs],
                "inflate wide": [sys.executable, "-c", _INFLATE, wide],
            },
            rounds=3,
        )
        inflate = measured["inflate"].seconds
        return [
            Row("500 MB of logs, one process", measured["one"].seconds / inflate, 4, 2.5,
                f"{measured['one'].seconds:.2f} s of CPU, inflating {inflate:.2f} s"),
            Row("the same in two processes", measured["two"].seconds / inflate, 4, 2.5, "CPU of both together"),
            Row("200 nodes, 2,100 endpoints", measured["wide"].seconds / measured["inflate wide"].seconds, None, None,
                f"{measured['wide'].seconds:.2f} s of CPU; almost nothing of it are logs"),
            Row("peak memory with 200 nodes and 2,100 endpoints, of 150 MB", measured["wide"].peak / _MEMORY, 1),
            Row("peak memory with 500 MB of logs, of 150 MB", measured["one"].peak / _MEMORY, 1),
        ]  # fmt: skip
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    make(Path(sys.argv[1]))
