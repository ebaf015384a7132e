"""The pool has too few blocks for the nodes and tasks.

Calico hands out addresses in blocks of 64. Every node claims at least one block, masters included,
because its tunnel address comes from one; further blocks as its tasks need them. While a deployment runs,
every instance may exist twice. When the blocks are used up, nodes borrow single addresses from each
other's blocks, then tasks stay without an address. A pool cannot be enlarged later. The number of nodes
and tasks is given with `--nodes` and `--tasks`; without them the masters and agents in the file count.

Example:
    calico-migrate config check config.yaml --nodes 40 --tasks 2000

Choose a shorter prefix; a fifth of the blocks should stay free.
"""

from calico_config.facts.facts import Facts
from calico_core.findings import Severity
from calico_core.rules import Findings, warning

RULE = warning(
    __name__,
    source="Calico 3.14 docs, IP address management; projectcalico/calico issue 5088;"
    " projectcalico/libcalico-go lib/ipam",
)
WATCHES = ("anything",)


def check(facts: Facts) -> Findings:
    """One finding where nodes, or tasks during a deployment, need more than four fifths of the blocks."""
    from calico_config.facts.capacity import BLOCK_PREFIX, blocks_of, need, prefix_for
    from calico_core.words import counted

    cidr = facts.cidr
    if cidr is None or cidr.written.prefix > BLOCK_PREFIX:
        return
    blocks = blocks_of(cidr.written.prefix)
    nodes, tasks = facts.node_count, facts.options.tasks or 0
    needed = need(nodes, tasks)
    if needed.blocks * 5 <= blocks * 4:
        return
    whose = counted(nodes, "node") + (
        "" if facts.options.nodes is not None else " at least (masters and agents)"
    )
    if tasks:
        whose += f" with {counted(tasks, 'task')}, twice that during a deployment,"
    verdict = "more than there are" if needed.blocks > blocks else "more than four fifths of them"
    prefix = prefix_for(-(-needed.blocks * 5 // 4))
    yield RULE.finding(
        f"{facts.pool_name} has {counted(blocks, 'block')} of 64 addresses; {whose} need"
        f" {needed.blocks:,}, {verdict}",
        hint=(
            f"use /{prefix} or a shorter prefix: "
            if prefix is not None
            else "use fewer tasks for each node: "
        )
        + "the pool cannot be enlarged after the first start",
        severity=None if facts.is_set("calico_network_cidr") else Severity.INFO,
        **facts.place("calico_network_cidr"),
    )
