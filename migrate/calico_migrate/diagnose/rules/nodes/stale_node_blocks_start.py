"""Felix does not start, because a stale Node resource holds the node's address.

A machine was made anew with its old address and another name. The start script gives up, and systemd tries
again for ever.

Example:
    Calico node '10.0.1.99' is already using the IPv4 address 10.0.1.21.

Once nothing runs under the old name: `calicoctl delete node 10.0.1.99`, then `systemctl restart
dcos-calico-felix`.
"""

from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.estate.estate import OneNode
from calico_migrate.diagnose.judgement import Findings, error
from calico_migrate.diagnose.logs.telling import times

RULE = error(__name__, source="projectcalico/node v3.14.0 pkg/startup/startup.go:1010; calicoctl issue 1663")


def check(node: OneNode) -> Findings:
    """What the start script says and no working start follows."""
    hits = node.machine.log(names.FELIX_LOG).hits.get("startup-ip-conflict")
    if hits is not None:
        other = hits.last.groups.get("node", "?")
        yield RULE.found(
            f"Felix does not start: Node {other} holds the address {hits.last.groups.get('ip', '?')}",
            node.machine.quote(names.FELIX_LOG, hits.last),
            hint=f"once nothing runs under that name: `calicoctl delete node {other}`, then"
            " `systemctl restart dcos-calico-felix`",
            node=node.machine.address,
            detail=times(node.machine, hits),
        )
