"""FORWARD drops, and dcos-net's rule that accepts is gone.

Docker sets the policy of FORWARD to DROP, and dcos-net appends a rule that accepts everything. Docker
started again after dcos-net, or something flushed the chain: what neither Calico nor Docker accepts is
dropped.

Example:
    :FORWARD DROP [0:0]   and no `-A FORWARD -j ACCEPT`

`systemctl restart dcos-net`.
"""

import re

from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.estate.estate import OneNode
from calico_migrate.diagnose.judgement import Findings, warning

RULE = warning(
    __name__,
    source="dcos/dcos packages/dcos-net/extra/dcos-net.service:19; projectcalico/calico issue 2230;"
    " moby issue 28257",
)


def check(node: OneNode) -> Findings:
    """The policy of the chain, and its rules."""
    table = node.machine.iptables.table("filter")
    policy = table.policies.get("FORWARD")
    if policy is None or policy[0] != "DROP":
        return
    if not any(
        re.fullmatch(r"(?:-m comment --comment (?:\"[^\"]*\"|\S+) )?-j ACCEPT", rule.text)
        for rule in table.of("FORWARD")
    ):
        yield RULE.found(
            "FORWARD drops, and dcos-net's rule that accepts is gone",
            node.machine.evidence(names.IPTABLES, policy[1], ":FORWARD DROP"),
            hint="`systemctl restart dcos-net`",
            node=node.machine.address,
        )
