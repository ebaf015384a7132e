"""The kernel drops packets, because its connection table is full.

Every connection through the node needs an entry. New ones are dropped without an answer until old ones end.

Example:
    nf_conntrack: table full, dropping packet

Raise `net.netfilter.nf_conntrack_max`, and look for who opens so many connections.
"""

from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.estate.estate import OneNode
from calico_migrate.diagnose.judgement import Findings, error
from calico_migrate.diagnose.logs.telling import times

RULE = error(
    __name__, source="Linux nf_conntrack_core.c; kubernetes issue 71261; felix issues 616, 617", needs=""
)


def check(node: OneNode) -> Findings:
    """The kernel's log."""
    hits = node.machine.log(names.DMESG).hits.get("conntrack-full")
    if hits is not None:
        yield RULE.found(
            "the kernel drops packets, because its connection table is full",
            node.machine.quote(names.DMESG, hits.last),
            hint="raise net.netfilter.nf_conntrack_max, and look for who opens so many connections",
            node=node.machine.address,
            detail=times(node.machine, hits),
        )
