"""Containers have addresses of other nodes' blocks.

A node that finds no free block borrows single addresses of others. It works, costs a route for each address
everywhere, and says that the pool is short of blocks.

Example:
    10.0.1.24 has endpoint 172.29.22.9, of a block of 10.0.1.22

Make the pool larger, or add a second one.
"""

from calico_core.addresses import parse_address
from calico_core.words import counted
from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.estate import calico
from calico_migrate.diagnose.estate.estate import OneNode
from calico_migrate.diagnose.judgement import Findings, warning
from calico_migrate.diagnose.logs.telling import quoted

RULE = warning(
    __name__,
    source="projectcalico/felix v3.14.0 calc/l3_route_resolver.go:445-475; libcalico-go lib/ipam/ipam.go",
    lists=True,
    causes=("pool-blocks-too-few", "pool-exhausted", "endpoint-address-twice"),
)

_HINT = "make the pool larger, or add a second one"


def check(node: OneNode) -> Findings:
    """The endpoints of a node against its blocks, and Felix' own complaints."""
    estate, machine = node.estate, node.machine
    own = estate.node_of(machine)
    foreign: list[calico.Endpoint] = []
    owners = {net: owner for owner, nets in estate.blocks_by_owner.items() for net in nets}
    for endpoint in estate.endpoints:
        if own is None or endpoint.node != own.name:
            continue
        for address in endpoint.addresses:
            number = parse_address(address)
            holding = [owner for net, owner in owners.items() if number is not None and net.holds(number)]
            if holding and own.name not in holding:
                foreign.append(endpoint)
    if foreign:
        yield RULE.found(
            f"{counted(len(foreign), 'endpoint')} of it have addresses of other nodes' blocks",
            *(estate.about_endpoint(endpoint, "ipNetworks") for endpoint in foreign[:3]),
            hint=_HINT,
            node=machine.address,
        )
    told, how = quoted(machine, (names.FELIX_LOG, "felix-ip-without-node"))
    if told:
        yield RULE.found(
            "Felix has addresses whose owner it does not know",
            *told,
            hint=_HINT,
            node=machine.address,
            detail=how,
        )
