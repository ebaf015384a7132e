"""A node is not among those whose VXLAN packets another one accepts.

Felix accepts VXLAN from the nodes in the set `cali40all-vxlan-net` and drops the rest. Where Calico and the
overlay share port 64000, as they do by default, the overlay's packets from that node are dropped too.

Example:
    10.0.1.22 is missing in cali40all-vxlan-net of 10.0.1.21

Restart dcos-calico-felix on the node whose set lacks the other.
"""

from calico_migrate.diagnose.estate import pairs
from calico_migrate.diagnose.estate.estate import Estate
from calico_migrate.diagnose.judgement import Findings, error

RULE = error(
    __name__,
    source="projectcalico/felix v3.14.0 rules/static.go:227-245, dataplane/linux/vxlan_mgr.go:225-262",
    needs="vxlan",
    lists=True,
    causes=("tunnel-address-missing", "felix-not-running", "calico-node-missing", "node-address-not-local",
            "felix-hung", "kernel-module-missing"),
)  # fmt: skip

_HINT = "restart dcos-calico-felix on the node whose set lacks the other"


def check(estate: Estate) -> Findings:
    """All pairs of nodes with a tunnel address."""
    if estate.mode != "vxlan":
        return
    yield from pairs.told(
        RULE,
        pairs.missing_peers(estate),
        estate,
        everywhere="do not accept its VXLAN packets",
        alone="it accepts VXLAN packets of none of the other nodes",
        between="does not accept VXLAN packets of",
        hint=_HINT,
    )
