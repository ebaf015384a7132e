"""An agent does not have the Docker network.

The Docker network of a Calico pool is cluster-wide: made on one agent, it appears on all others within a
minute or so, through the cluster store. An agent without it cannot start a container on it. Either the
network was never made, or the agent's Docker engine has no connection to the cluster store: an engine that
lost it lists its local networks only.

Example:
    10.0.0.7.json: network-missing: the Docker network 'web' is not there

See whether `docker info` on the agent names a cluster store and whether the agent reaches it. When no
agent has the network, run the generated scripts (`calico-migrate network run DIR`).
"""

from calico_core.legible import quoted
from calico_core.rules import Findings, error
from calico_migrate.network.verifying.subjects import AgentSeen

RULE = error(
    __name__, source="mesosphere/libnetwork-plugin v1.1.3-2-d2iq driver/network_driver.go:102 (scope global)"
)


def check(agent: AgentSeen) -> Findings:
    """Whether the agent has a network of the promised name."""
    if agent.own:
        return
    nothing = (
        "" if agent.seen.networks else "; it lists no network at all, not even Docker's own `host` and `none`"
    )
    yield RULE.finding(
        f"the Docker network {quoted(agent.promise.network)} is not there{nothing}",
        hint="if other agents have it, see whether this agent's Docker reaches the cluster store"
        " (docker info); otherwise run the generated scripts again",
    )
