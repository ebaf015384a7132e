"""Several Docker networks have one name.

Two agents that create a network at the same moment both succeed, and the cluster store then has two
networks of that name. From then on every use of the name fails on every agent ("network web is ambiguous"),
and no container starts. Docker cannot say which of them is meant, so that neither can be kept: the pool's
annotation names the one that was made last, and containers may only be on the other.

Example:
    10.0.0.7.json: several-networks-of-one-name: 2 Docker networks are called 'web': 1f0c…, 9ad2…

Remove both by their ids on one agent (`docker network rm ID1 ID2`), wait until no agent lists them, then
create the network again on one agent only: `calico-migrate network run DIR`, or the script with `--create`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from calico_core.findings import Severity
from calico_core.legible import quoted
from calico_core.rules import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from calico_core.findings import Finding
    from calico_migrate.network.promise import Promise
    from calico_migrate.network.verifying.inspection import AgentNetworks, DockerNetwork

RULE = Rule(
    __name__, Severity.ERROR, source="moby/moby daemon/network.go FindNetwork (ambiguous names); moby#18864"
)

# A cluster with more networks of one name than this is described well enough by the first ones.
_SHOWN = 4


def check(promise: Promise, seen: AgentNetworks) -> Iterator[Finding]:
    """Whether one agent lists several networks of the promised name."""
    found = seen.named(promise.network)
    if len(found) > 1:
        kinds = ", ".join(f"{n.id[:64]} ({n.driver}, {n.scope})" for n in found[:_SHOWN])
        yield RULE.finding(
            f"{len(found)} Docker networks are called {quoted(promise.network)}: {kinds}",
            hint=_hint([network.id for network in found]),
        )


def check_cluster(promise: Promise, everyone: Sequence[AgentNetworks]) -> Iterator[Finding]:
    """Whether agents that list one network each list different ones."""
    holders: dict[str, list[str]] = {}
    for seen in everyone:
        found = seen.named(promise.network)
        if len(found) == 1 and _is_shared(found[0]):
            holders.setdefault(found[0].id, []).append(seen.agent)
    if len(holders) > 1:
        places = "; ".join(
            f"{identifier[:64]} on {agents[0]}" + (f" and {len(agents) - 1} more" if len(agents) > 1 else "")
            for identifier, agents in list(holders.items())[:_SHOWN]
        )
        yield RULE.finding(
            f"the agents have {len(holders)} different Docker networks called {quoted(promise.network)}:"
            f" {places}",
            hint=_hint(list(holders)),
        )


def _is_shared(network: DockerNetwork) -> bool:
    return network.scope == "global"


def _hint(identifiers: list[str]) -> str:
    ids = " ".join(identifier[:64] for identifier in identifiers[:_SHOWN])
    return (
        f"both must go: remove them by id on one agent (docker network rm {ids}), then create the network"
        " again on one agent only (calico-migrate network run)"
    )
