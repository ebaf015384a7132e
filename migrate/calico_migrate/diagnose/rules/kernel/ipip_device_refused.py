"""Felix cannot make the IPIP device.

The kernel's module `ipip` is missing or switched off. The node has no tunnel.

Example:
    Failed to add IPIP tunnel device error=exit status 1

`modprobe ipip`, and look at /etc/modprobe.d.
"""

from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.estate.estate import OneNode
from calico_migrate.diagnose.judgement import Findings, error
from calico_migrate.diagnose.logs.telling import times

RULE = error(__name__, source="projectcalico/felix v3.14.0 dataplane/linux/ipip_mgr.go:89-112", needs="ipip")


def check(node: OneNode) -> Findings:
    """Felix' journal."""
    machine = node.machine
    hits = machine.log(names.FELIX_LOG).get("felix-ipip-add", "felix-ipip-retry")
    if hits is not None:
        yield RULE.found(
            "Felix cannot make the IPIP device",
            machine.quote(names.FELIX_LOG, hits.last),
            hint="`modprobe ipip`, and look at /etc/modprobe.d",
            node=machine.address,
            detail=times(machine, hits),
        )
