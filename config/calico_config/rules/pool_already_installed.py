"""The installed cluster keeps its old pool.

`calico-node` makes a pool of `calico_network_cidr` and `calico_vxlan_enabled` at its very first start,
and only when there is no IPv4 pool yet. Running the installer again with other values changes nothing in
a pool: new containers go on getting addresses of the old one, in the old mode, while Felix is told the
new mode.

Example:
    calico-migrate config check config.yaml --pools pools.json

Keep both parameters as they were installed, or make a new pool with `calicoctl` and move the workloads.
"""

from calico_config.facts.facts import Facts
from calico_config.facts.known_ranges import DEFAULT_POOL
from calico_core.addresses import Network, WrittenNetwork
from calico_core.rules import Findings, error

RULE = error(__name__, source="projectcalico/node v3.14.0 pkg/startup/startup.go:818-867")
WATCHES = ("pools",)


def _network(written: WrittenNetwork | None) -> Network | None:
    return written.network if written is not None else None


def check(facts: Facts) -> Findings:
    """One finding for a changed network, one for a changed mode."""
    from calico_core.addresses import parse_network

    cidr = facts.cidr
    pools = [pool for pool in facts.options.pools or () if ":" not in pool.cidr]
    if cidr is None or not pools:
        return
    same = [pool for pool in pools if _network(parse_network(pool.cidr)) == cidr.range.network]
    if not same:
        installed = next((pool for pool in pools if pool.name == DEFAULT_POOL), pools[0])
        yield RULE.finding(
            f"the cluster has the pool {installed.name} with {installed.cidr}; {facts.pool_name} has"
            f" no effect"
            " there",
            hint=(
                "keep the installed network, or create a new pool with calicoctl and move the workloads to it"
            ),
            **facts.place("calico_network_cidr"),
        )
    wanted = "vxlan" if facts.vxlan else "ipip"
    current = same[0] if same else installed
    if current.mode != wanted:
        names = {"vxlan": "VXLAN", "ipip": "IP-in-IP", "none": "no encapsulation"}
        yield RULE.finding(
            f"the cluster's pool {current.name} uses {names.get(current.mode, current.mode)}, this file says"
            f" {names[wanted]}: the pool keeps its mode, and tasks on different nodes lose each other",
            hint="set calico_vxlan_enabled as it was installed, or change the pool with calicoctl",
            **facts.place("calico_vxlan_enabled"),
        )
