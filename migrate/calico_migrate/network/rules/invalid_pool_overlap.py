"""Calico refuses a pool that shares addresses with another one, or has its name.

That holds for disabled pools too. A pool of the same name and CIDR is fine as long as nothing else differs:
then the files are made again for a network that exists, for a new agent for example.

Example:
    calico-migrate network generate web --cidr 172.29.4.0/22 --pools pools.json --output-dir web
    invalid-pool-overlap: 172.29.4.0/22 lies inside the pool 'default-ipv4-ippool', 172.29.0.0/16

Choose a CIDR outside of every pool, or take an unused pool away first.
"""

from calico_core.addresses import Range, network_of
from calico_core.legible import quoted
from calico_core.rules import Findings, error
from calico_core.words import relation
from calico_migrate.calico.existing import Pool
from calico_migrate.network.settings import GenerationSettings
from calico_migrate.network.surroundings import ipv4_network, mode_of

RULE = error(__name__, source="projectcalico/libcalico-go lib/clientv3/ippool.go:397-423")


def check(settings: GenerationSettings) -> Findings:
    """The new pool against every pool that exists."""
    network = ipv4_network(settings.cidr)
    if network is None:
        return
    ours = Range(*network, "pool", settings.name)
    for pool in settings.pools:
        if pool.name == settings.name:
            yield from _same_name(settings, pool)
            continue
        theirs = network_of(pool.cidr)
        if theirs is not None and network.overlaps(theirs):
            verb = relation(ours, Range(*theirs, "pool", pool.name))
            yield RULE.finding(
                f"{settings.cidr} {verb} the pool {quoted(pool.name)}, {pool.cidr}",
                hint="choose a CIDR outside of every pool (`calico-migrate config suggest` finds one)",
            )


def _same_name(settings: GenerationSettings, pool: Pool) -> Findings:
    for field, found, wanted in (
        ("CIDR", pool.cidr, settings.cidr),
        ("block size", str(pool.block_size), str(settings.block_size)),
        ("mode", pool.mode or "none", mode_of(settings)),
    ):
        if found != wanted:
            yield RULE.finding(
                f"there is a pool {quoted(pool.name)} already: its {field} is {quoted(found)},"
                f" not {quoted(wanted)}",
                hint="choose another name, or settings that fit the pool that exists",
            )
