"""Two nodes have one tunnel address.

Calico's records of addresses are damaged. Packets for one node arrive at the other.

Example:
    Nodes 10.0.1.21 and 10.0.1.22 both have the tunnel address 172.29.21.0

Take the address away from one of them (`calicoctl patch node`), and restart dcos-calico-felix there.
"""

from calico_core.words import listed
from calico_migrate.diagnose.estate import calico
from calico_migrate.diagnose.estate.estate import Estate
from calico_migrate.diagnose.judgement import Findings, error

RULE = error(__name__, source="projectcalico/node v3.14.0 pkg/allocateip/allocateip.go", lists=True)


def check(estate: Estate) -> Findings:
    """Every tunnel address that several Node resources have."""
    key = "ipv4IPIPTunnelAddr" if estate.mode == "ipip" else "ipv4VXLANTunnelAddr"
    sharing: dict[str, list[calico.CalicoNode]] = {}
    for node in estate.nodes:
        if node.tunnel(estate.mode):
            sharing.setdefault(node.tunnel(estate.mode), []).append(node)
    places = {node.name: place for place, node in estate.by_machine.items()}
    for tunnel, nodes in sharing.items():
        # Two Nodes that share their own address too are one machine twice, which has a rule of its own.
        if len({node.address for node in nodes}) > 1:
            yield RULE.found(
                f"Nodes {listed([node.name for node in nodes])} have one tunnel address, {tunnel}",
                *(estate.about_node(node, key) for node in nodes),
                hint="take it away from one of them with `calicoctl patch node`, and restart"
                " dcos-calico-felix there",
                nodes=[places.get(node.name, node.name) for node in nodes],
            )
