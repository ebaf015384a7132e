"""The pool is smaller than one block.

Calico hands out addresses in blocks of 64 (/26). `calico-node` checks the pool at its first start and exits
with "IP pool size is too small" when `calico_network_cidr` is longer than /26; systemd then restarts
dcos-calico-felix for ever. The DC/OS installer accepts every prefix up to /32.

Example:
    calico_network_cidr: 172.29.0.0/27

Choose a prefix of /26 or shorter; every node, masters included, needs a block of its own, so that /16 is
usual. `calico-migrate config suggest` names a free one.
"""

from calico_config.facts.facts import Facts
from calico_core.rules import Findings, error

RULE = error(
    __name__,
    source="projectcalico/node v3.14.0 pkg/startup/startup.go; libcalico-go lib/validator/v3/validator.go",
)
WATCHES = ("anything",)


def check(facts: Facts) -> Findings:
    """One finding where the pool of a running Calico has no room for a block."""
    from calico_config.facts.capacity import BLOCK_PREFIX

    cidr = facts.cidr
    if cidr is None or cidr.written.prefix <= BLOCK_PREFIX or cidr.written.notation == "none":
        return
    yield RULE.finding(
        f"calico_network_cidr is a /{cidr.written.prefix}, smaller than one block (/{BLOCK_PREFIX}):"
        f" calico-node exits at its first start",
        hint="use /26 or a shorter prefix; /16 has room for 1,024 nodes",
        **facts.place("calico_network_cidr"),
    )
