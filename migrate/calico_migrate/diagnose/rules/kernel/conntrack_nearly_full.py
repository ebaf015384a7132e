"""The connection table is more than 80 % full.

When it is full, new connections are dropped.

Example:
    net.netfilter.nf_conntrack_count = 230000, nf_conntrack_max = 262144

Raise `net.netfilter.nf_conntrack_max`.
"""

from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.estate.estate import OneNode
from calico_migrate.diagnose.judgement import Findings, warning

RULE = warning(
    __name__,
    source="Linux Documentation/networking/nf_conntrack-sysctl",
    needs="",
    causes=("conntrack-table-full",),
)


def check(node: OneNode) -> Findings:
    """The count against the limit."""
    count = node.machine.sysctl.get("net.netfilter.nf_conntrack_count")
    limit = node.machine.sysctl.get("net.netfilter.nf_conntrack_max")
    used, most = (each.number() if each is not None else None for each in (count, limit))
    if count is not None and used is not None and most and used > 0.8 * most:
        yield RULE.found(
            "the connection table is more than 80 % full",
            node.machine.evidence(
                names.SYSCTL, count.line, f"nf_conntrack_count = {used}, nf_conntrack_max = {most}"
            ),
            hint="raise net.netfilter.nf_conntrack_max",
            node=node.machine.address,
        )
