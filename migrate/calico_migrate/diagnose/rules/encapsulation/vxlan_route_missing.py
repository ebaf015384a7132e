"""A node has no route to a block of another node.

Felix writes one for each block of the others, by way of their tunnel addresses. Without it containers of
the one never reach those of the other.

Example:
    10.0.1.21 has no route to 172.29.22.0/26 of 10.0.1.22

Restart dcos-calico-felix on the node without the route; see that the other one has a tunnel address.
"""

from calico_migrate.diagnose.estate import pairs
from calico_migrate.diagnose.estate.estate import Estate
from calico_migrate.diagnose.judgement import Findings, error

RULE = error(
    __name__,
    source="projectcalico/felix v3.14.0 calc/l3_route_resolver.go:445-475",
    needs="vxlan",
    lists=True,
    causes=("tunnel-address-missing", "felix-not-running", "calico-node-missing", "tunnel-device-wrong",
            "node-address-twice", "felix-hung"),
)  # fmt: skip

_HINT = "restart dcos-calico-felix on the node without the route; see that the other one has a tunnel address"


def check(estate: Estate) -> Findings:
    """All pairs of nodes."""
    if estate.mode != "vxlan":
        return
    yield from pairs.told(
        RULE,
        pairs.missing_routes(estate),
        estate,
        everywhere="have no route to its blocks",
        alone="it has no route to the blocks of the other nodes",
        between="has no route to",
        hint=_HINT,
    )
