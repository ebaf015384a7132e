"""Another Docker network has the pool's subnet.

Docker does not reject a second Calico network on the same subnet. The plugin then annotates the pool with
the newer network only, and the older one starts no container any more.

Example:
    10.0.0.7.json: subnet-used-twice: the Docker network 'test' has the subnet 10.1.0.0/16 too

Remove the other network by its id once no container uses it, and see with `network verify --pools` whether
the pool's annotation still names the right one.
"""

from calico_core.legible import quoted
from calico_core.rules import Findings, error
from calico_migrate.network.promise import DRIVER
from calico_migrate.network.verifying.subjects import AgentSeen

RULE = error(
    __name__,
    source="mesosphere/libnetwork-plugin v1.1.3-2-d2iq driver/network_driver.go:172 (one network per pool)",
)


def check(agent: AgentSeen) -> Findings:
    """Whether a Calico network of another name has the promised subnet."""
    promise, seen, _ = agent
    for network in seen.networks:
        if network.name != promise.network and network.driver == DRIVER and promise.cidr in network.subnets:
            yield RULE.finding(
                f"the Docker network {quoted(network.name)} has the subnet {promise.cidr} too",
                hint=f"remove it by its id (docker network rm {network.id[:64]}) once nothing uses it",
            )
