"""BIRD or confd runs on a node of a VXLAN cluster.

It is a rest of another configuration: the file `bird_enabled` is still there. BIRD adds routes of its own
beside those of Felix.

Example:
    dcos-calico-bird.service is active, and the cluster uses VXLAN

Remove `/opt/mesosphere/etc/calico/bird_enabled` from the node, and stop both units.
"""

from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.estate.estate import OneNode
from calico_migrate.diagnose.judgement import Findings, warning

RULE = warning(__name__, source="dcos/dcos packages/calico/build:53-71 (conditions)", needs="vxlan")


def check(node: OneNode) -> Findings:
    """Units that systemd lists as active."""
    for unit in ("dcos-calico-bird.service", "dcos-calico-confd.service"):
        listed_unit = node.machine.units.get(unit)
        if listed_unit is not None and listed_unit.running and node.estate.mode == "vxlan":
            yield RULE.found(
                f"{unit} runs though the cluster uses VXLAN",
                node.machine.evidence(names.UNITS, listed_unit.line, listed_unit.text),
                hint="remove /opt/mesosphere/etc/calico/bird_enabled on the node, and stop the unit",
                node=node.machine.address,
            )
