"""A pool has fewer blocks than there are agents.

Calico gives every agent that runs a container of the network a block of its own. Agents that come when all
blocks are taken borrow single addresses of other agents' blocks, or get none. With `--shared-pool` masters
need blocks too, for their tunnel addresses.

Example:
    calico-migrate network generate web --cidr 10.1.0.0/24 --agents agents.txt --output-dir web
    pool-too-small-for-agents: 10.1.0.0/24 has 4 blocks of 64 addresses for 20 agents

Choose a larger CIDR, or smaller blocks with `--block-size`.
"""

from calico_core.findings import Severity
from calico_core.rules import Findings, error
from calico_core.words import counted
from calico_migrate.network.settings import GenerationSettings
from calico_migrate.network.surroundings import config_facts, ipv4_network, prefix_of

RULE = error(__name__, source="projectcalico/libcalico-go lib/ipam/ipam.go; projectcalico/calico issue 5088")

_COMFORTABLE = 0.8


def check(settings: GenerationSettings) -> Findings:
    """Blocks of the pool against the agents, and against the masters where they need them."""
    network = ipv4_network(settings.cidr)
    if network is None or not settings.agents or not 20 <= settings.block_size <= 32:
        return
    prefix = prefix_of(network)
    if prefix > settings.block_size:
        return
    blocks = 1 << settings.block_size - prefix
    nodes, who = len(settings.agents), counted(len(settings.agents), "agent")
    if settings.shared_pool:
        masters = config_facts(settings).master_count
        nodes, who = nodes + masters, f"{who} and {counted(masters, 'master')}"
    size = counted(1 << 32 - settings.block_size, "address", "addresses")
    room = f"{settings.cidr} has {counted(blocks, 'block')} of {size} for {who}"
    hint = "choose a larger CIDR, or smaller blocks with --block-size"
    if blocks < nodes:
        yield RULE.finding(room, hint=hint)
    elif nodes > _COMFORTABLE * blocks:
        yield RULE.finding(
            f"{room}: few are left for busy or new agents", hint=hint, severity=Severity.WARNING
        )
