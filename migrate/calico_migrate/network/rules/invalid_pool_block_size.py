"""Calico refuses the block size of a pool.

A pool hands out its addresses to agents in blocks. For IPv4 the block size is a prefix length from 20 (4,096
addresses) to 32 (one address); 26, which is 64 addresses, is the default.

Example:
    calico-migrate network generate web --cidr 10.1.0.0/16 --block-size 16 --output-dir web
    invalid-pool-block-size: the block size is 16, but Calico takes 20 to 32

Leave `--block-size` out unless agents have far more or far fewer than 64 containers in this network.
"""

from calico_core.rules import Findings, error
from calico_migrate.network.settings import GenerationSettings

RULE = error(__name__, source="projectcalico/libcalico-go lib/clientv3/ippool.go")

SMALLEST, LARGEST = 20, 32


def check(settings: GenerationSettings) -> Findings:
    """The range of the block size."""
    if not SMALLEST <= settings.block_size <= LARGEST:
        yield RULE.finding(
            f"the block size is {settings.block_size}, but Calico takes {SMALLEST} to {LARGEST}",
            hint="leave --block-size out: blocks of 64 addresses (26) suit most clusters",
        )
