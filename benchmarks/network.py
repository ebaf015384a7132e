"""``network generate`` for 5,000 agents, beside a plain loop of chevron and write over the same bytes."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks import Row, measure, network_run, tool

TITLE = "network"
REFERENCE = (
    "for `generate`, a loop that renders each agent's script with chevron and writes it, over the same bytes;"
    f" for `run`, {network_run.REFERENCE}"
)

_AGENTS = 5000
_MANY = 20_000
_BOUND = 2.5

_PLAIN_LOOP = """
import os, sys
import chevron
agents, template, target = sys.argv[1:4]
text = open(template).read()
for number, agent in enumerate(open(agents).read().split()):
    directory = os.path.join(target, "agents", agent)
    os.makedirs(directory)
    values = {"role": "join" if number else "create", "agent": agent}
    with open(os.path.join(directory, "create-network.sh"), "w") as script:
        script.write(chevron.render(text, values))
"""


def rows() -> list[Row]:
    """The row of ``generate`` and that of ``run``."""
    folder = Path(tempfile.mkdtemp(prefix="calico-migrate-"))
    try:
        return [_generating(folder), *_in_memory(folder), *_verifying(folder), *network_run.rows()]
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _generating(folder: Path) -> Row:
    agents = _agents(folder, _AGENTS)
    ours, theirs = folder / "ours", folder / "theirs"
    generate = tool("network", "generate", "bench", "--cidr", "100.64.0.0/10", "--agents", str(agents))
    sample = folder / "sample"
    subprocess.run([*generate, "--output-dir", str(sample)], check=True, stdout=subprocess.DEVNULL)
    script = (sample / "agents/10.64.0.7/create-network.sh").read_text(encoding="utf-8")
    template = folder / "template"
    # Docker's own templates in the script have mustache's braces: other delimiters leave them alone.
    template.write_text(
        "{{=<% %>=}}"
        + script.replace("ROLE='create'", "ROLE='<%&role%>'").replace(
            "AGENT='10.64.0.7'", "AGENT='<%&agent%>'"
        ),
        encoding="utf-8",
    )
    measured = measure(
        {
            "ours": _afresh(ours, [*generate, "--output-dir", str(ours)]),
            "theirs": _afresh(
                theirs, [sys.executable, "-c", _PLAIN_LOOP, str(agents), str(template), str(theirs)]
            ),
        },
        rounds=5,
    )
    same = (ours / "agents/10.65.3.7/create-network.sh").read_bytes() == (
        theirs / "agents/10.65.3.7/create-network.sh"
    ).read_bytes()
    if not same:
        raise RuntimeError("the two ways did not write the same bytes")
    return Row(
        f"`network generate`, {_AGENTS:,} agents",
        measured["ours"].seconds / measured["theirs"].seconds,
        bound=_BOUND,
        note=f"{measured['ours'].seconds:.2f} s",
    )


def _in_memory(folder: Path) -> list[Row]:
    """The peak memory of ``generate`` at 20,000 agents, in MB."""
    agents = _agents(folder, _MANY)
    many = folder / "many"
    generate = tool("network", "generate", "bench", "--cidr", "100.64.0.0/10", "--agents", str(agents))
    peak = measure({"many": _afresh(many, [*generate, "--output-dir", str(many)])}, rounds=1)["many"].peak
    shutil.rmtree(many)
    return [Row(f"peak memory of `network generate`, {_MANY:,} agents", peak / 1e6, 60, 40, "MB")]


def _verifying(folder: Path) -> list[Row]:
    """``verify`` of collected files: ten times as many should take ten times as long."""
    commands = {}
    for count in (_MANY // 10, _MANY):
        made, inspections = folder / f"made-{count}", folder / f"inspections-{count}"
        inspections.mkdir()
        agents = _agents(folder, count)
        subprocess.run(
            [*tool("network", "generate", "bench", "--cidr", "100.64.0.0/10", "--agents", str(agents)),
             "--output-dir", str(made)], check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        for agent in agents.read_text().split():
            (inspections / f"{agent}.json").write_text("[]")
        verify = tool("network", "verify", str(made), "--inspect", str(inspections), "--format", "json")
        commands[str(count)] = verify
    measured = measure(commands, rounds=3)
    ratio = measured[str(_MANY)].seconds / measured[str(_MANY // 10)].seconds
    note = f"against {_MANY // 10:,}; 10 would be linear"
    return [Row(f"`network verify` of {_MANY:,} files", ratio, 11, 10.2, note)]


def _agents(folder: Path, count: int) -> Path:
    path = folder / f"agents-{count}"
    path.write_text("".join(f"10.{64 + n // 256}.{n % 256}.7\n" for n in range(count)))
    return path


def _afresh(directory: Path, command: list[str]) -> list[str]:
    """A command that finds its output directory missing, as a new user does."""
    return ["sh", "-c", f"rm -rf {shlex.quote(str(directory))}; exec {shlex.join(command)}"]
