"""Verifies a live cluster: each agent's own script with ``--verify``, and a closer look where it differs.

The verdict is the script's, which also knows whether the cluster store answers. Where it finds something
else, a second connection fetches the agent's networks, pools and profiles, so that the difference is named
as it is for collected files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from calico_core.errors import InputError
from calico_migrate.calico.existing import read_pools, read_profiles
from calico_migrate.network.running.fan_out import fan_out
from calico_migrate.network.running.outcomes import AgentOutcome, State
from calico_migrate.network.running.reporting import report_of
from calico_migrate.network.running.running import run_script
from calico_migrate.network.running.ssh import MOST_OUTPUT, command, send
from calico_migrate.network.verifying.inspection import AgentNetworks, read_networks
from calico_migrate.network.verifying.verification import Found, compare

if TYPE_CHECKING:
    from collections.abc import Callable

    from calico_core.findings import Finding
    from calico_core.report import FileReport
    from calico_migrate.network.generated import Directory
    from calico_migrate.network.promise import Agent, Promise
    from calico_migrate.network.running.running import RunSettings
    from calico_migrate.network.running.ssh import Stop

_SECTION = "calico-migrate-section "
_SECTIONS = ("networks", "pools", "profiles")

# Prints three JSON documents, each below a line of its own, and changes nothing.
LOOK = f"""set -u
PATH=$PATH:/usr/sbin:/usr/bin:/sbin:/bin:/opt/mesosphere/bin
calicoctl=/opt/mesosphere/bin/calicoctl
[ -x "$calicoctl" ] || calicoctl=calicoctl
ids=$(docker network ls -q --no-trunc </dev/null) || exit 1
printf '\\n%s\\n' '{_SECTION}networks'
# shellcheck disable=SC2086 # one word for each id
docker network inspect $ids </dev/null
printf '\\n%s\\n' '{_SECTION}pools'
"$calicoctl" get ippool -o json </dev/null || exit 1
printf '\\n%s\\n' '{_SECTION}profiles'
"$calicoctl" get profile -o json </dev/null || exit 1
"""


def verify(
    directory: Directory, settings: RunSettings, report: Callable[[AgentOutcome], None]
) -> tuple[list[FileReport], bool]:
    """A report for each agent, and whether it was interrupted; ``report`` gets each outcome as it comes."""
    outcomes: dict[str, AgentOutcome] = {}
    findings: dict[str, list[Finding]] = {}

    def look(agent: Agent, stop: Stop) -> tuple[AgentOutcome, list[Finding]]:
        outcome = run_script(directory, agent, ("--verify",), settings, stop)
        closer = outcome.state is State.DIFFERENT and outcome.word != "no-cni-file"
        return outcome, _look_closer(directory.promise, agent, settings, stop) if closer else []

    def take(answer: tuple[AgentOutcome, list[Finding]]) -> None:
        outcome, found = answer
        outcomes[outcome.agent], findings[outcome.agent] = outcome, found
        report(outcome)

    agents = directory.promise.agents
    interrupted = fan_out(agents, look, settings.parallel, take)
    ordered = [
        outcomes.get(agent.name, AgentOutcome(agent.name, State.UNKNOWN, "interrupted")) for agent in agents
    ]
    return [_report(outcome, findings.get(outcome.agent, [])) for outcome in ordered], interrupted


def _report(outcome: AgentOutcome, findings: list[Finding]) -> FileReport:
    report = report_of(outcome)
    return report._replace(findings=findings) if findings else report


def _look_closer(promise: Promise, agent: Agent, settings: RunSettings, stop: Stop) -> list[Finding]:
    """What differs on an agent; nothing where that cannot be told, and the script's own words remain."""
    try:
        arguments = command(settings.ssh, agent.name)
        answer = send(LOOK.encode(), arguments, settings.timeout, stop, keep=MOST_OUTPUT)
    except OSError:
        return []
    if answer is None or answer.status != 0:
        return []
    sections = _sections(answer.output)
    if sections is None:
        return []
    try:
        found = Found(
            [AgentNetworks(agent.name, agent.name, read_networks(sections["networks"], agent.name))],
            read_pools(sections["pools"], agent.name),
            read_profiles(sections["profiles"], agent.name),
        )
    except InputError:
        return []
    differences = compare(promise, found)
    return [*differences.agents[0], *differences.cluster, *differences.pools, *differences.profiles]


def _sections(output: str) -> dict[str, str] | None:
    parts: dict[str, list[str]] = {}
    current: list[str] = []
    for line in output.split("\n"):
        if line.startswith(_SECTION):
            current = parts.setdefault(line[len(_SECTION) :].strip(), [])
        else:
            current.append(line)
    if not all(name in parts for name in _SECTIONS):
        return None
    return {name: "\n".join(lines) for name, lines in parts.items()}
