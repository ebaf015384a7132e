"""The kernel's neighbour table overflows.

It has no room for the MACs of all that it speaks with, and drops packets now and then.

Example:
    neighbour: arp_cache: neighbor table overflow!

Raise `net.ipv4.neigh.default.gc_thresh3`, and the two below it.
"""

from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.estate.estate import OneNode
from calico_migrate.diagnose.judgement import Findings, warning
from calico_migrate.diagnose.logs.telling import times

RULE = warning(__name__, source="Linux net/core/neighbour.c", needs="")


def check(node: OneNode) -> Findings:
    """The kernel's log."""
    hits = node.machine.log(names.DMESG).hits.get("arp-overflow")
    if hits is not None:
        yield RULE.found(
            "the kernel's neighbour table overflows",
            node.machine.quote(names.DMESG, hits.last),
            hint="raise net.ipv4.neigh.default.gc_thresh1, 2 and 3",
            node=node.machine.address,
            detail=times(node.machine, hits),
        )
