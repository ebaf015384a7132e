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

from calico_core.legible import quoted
from calico_core.rules import Findings, error
from calico_core.words import listed
from calico_migrate.network.verifying.inspection import DockerNetwork
from calico_migrate.network.verifying.subjects import AgentSeen, ClusterSeen

RULE = error(__name__, source="moby/moby daemon/network.go FindNetwork (ambiguous names); moby#18864")

# A cluster with more networks of one name than this is described well enough by the first ones.
_SHOWN = 4


def check(seen: AgentSeen | ClusterSeen) -> Findings:
    """Whether one agent lists several networks of the promised name, or agents list different ones."""
    yield from _on_agent(seen) if isinstance(seen, AgentSeen) else _in_cluster(seen)


def _on_agent(agent: AgentSeen) -> Findings:
    found = agent.own
    if len(found) > 1:
        kinds = ", ".join(f"{each.id[:64]} ({each.driver}, {each.scope})" for each in found[:_SHOWN])
        yield RULE.finding(
            f"{len(found)} Docker networks are called {quoted(agent.promise.network)}: {kinds}",
            hint=_hint([network.id for network in found]),
        )


def _in_cluster(cluster: ClusterSeen) -> Findings:
    holders: dict[str, list[str]] = {}
    for seen in cluster.agents:
        found = seen.named(cluster.promise.network)
        if len(found) == 1 and _is_shared(found[0]):
            holders.setdefault(found[0].id, []).append(seen.agent)
    if len(holders) > 1:
        places = "; ".join(
            f"{identifier[:64]} on {listed(agents, 1)}"
            for identifier, agents in list(holders.items())[:_SHOWN]
        )
        yield RULE.finding(
            f"the agents have {len(holders)} different Docker networks called"
            f" {quoted(cluster.promise.network)}: {places}",
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
