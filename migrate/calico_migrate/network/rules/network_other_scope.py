"""The Docker network is known to one agent only.

Calico's Docker plugin on DC/OS makes networks of scope `global`, which live in the cluster store and are
the same on every agent. A network of scope `local` was made by an engine whose plugin is not DC/OS' own;
the other agents do not know it.

Example:
    10.0.0.7.json: network-other-scope: the Docker network 'web' has the scope 'local', not 'global'

Remove it by its id on that agent, see that the agent runs the plugin of DC/OS
(`dcos-calico-libnetwork-plugin`) and that `docker info` names a cluster store, and run the scripts again.
"""

from calico_core.legible import quoted
from calico_core.rules import Findings, error
from calico_migrate.network.promise import SCOPE
from calico_migrate.network.verifying.subjects import NetworkSeen

RULE = error(
    __name__, source="mesosphere/libnetwork-plugin v1.1.3-2-d2iq driver/network_driver.go:102 (scope global)"
)


def check(seen: NetworkSeen) -> Findings:
    """Whether the network lives in the cluster store."""
    promise, network = seen
    if seen.is_calicos and network.scope != SCOPE:
        yield RULE.finding(
            f"the Docker network {quoted(promise.network)} has the scope {quoted(network.scope)},"
            f" not {quoted(SCOPE)}",
            hint=f"remove it by its id (docker network rm {network.id[:64]}) once nothing uses it,"
            " see that the agent has a cluster store, then run the generated scripts again",
        )
