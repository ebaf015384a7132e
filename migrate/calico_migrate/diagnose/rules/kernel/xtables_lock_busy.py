"""Felix waits for the lock of iptables in vain.

Something else holds it for long: a firewall service, a script with many calls of iptables, Docker with many
containers. Felix gives up and is started again.

Example:
    Failed to acquire iptables lock error=Timed out waiting for iptables 1.6 lock

Find out who holds `/run/xtables.lock` (`fuser /run/xtables.lock`).
"""

from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.estate.estate import OneNode
from calico_migrate.diagnose.judgement import Findings, warning
from calico_migrate.diagnose.logs.telling import times

RULE = warning(__name__, source="projectcalico/felix v3.14.0 iptables/lock.go:95-150; calico issue 3727")


def check(node: OneNode) -> Findings:
    """Felix' journal."""
    machine = node.machine
    hits = machine.log(names.FELIX_LOG).hits.get("felix-xtables-lock")
    if hits is not None:
        yield RULE.found(
            "Felix waits for the lock of iptables in vain",
            machine.quote(names.FELIX_LOG, hits.last),
            hint="find out who holds it: `fuser /run/xtables.lock`",
            node=machine.address,
            detail=times(machine, hits),
        )
