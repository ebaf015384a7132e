"""A Node resource's name is not its address.

DC/OS names a node by what `detect_ip` prints. Where the address changed afterwards, or the file with the
node's name is an old one, plugins and Felix look for the node under a name that nobody has.

Example:
    Node 10.0.1.20 has the address 10.0.1.21

Remove `/var/lib/calico/nodename` on the machine, `calicoctl delete node` the old name, restart
dcos-calico-felix.
"""

from calico_migrate.diagnose.estate.estate import Estate
from calico_migrate.diagnose.judgement import Findings, error

RULE = error(
    __name__,
    source="dcos/dcos packages/calico/extra/start-calico-felix.sh:7,31",
    lists=True,
)


def check(estate: Estate) -> Findings:
    """Nodes with an address that is not their name, nor another node's."""
    by_address: dict[str, int] = {}
    for node in estate.nodes:
        by_address[node.address] = by_address.get(node.address, 0) + 1
    places = {node.name: place for place, node in estate.by_machine.items()}
    for node in estate.nodes:
        if node.address and node.address != node.name and by_address[node.address] == 1:
            yield RULE.found(
                f"Node {node.name} has the address {node.address}, and DC/OS names a node by its address",
                estate.about_node(node, "ipv4Address"),
                hint="remove /var/lib/calico/nodename on the machine, `calicoctl delete node` the old"
                " name, and"
                " restart dcos-calico-felix",
                node=places.get(node.name, node.name),
            )
