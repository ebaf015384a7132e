"""Calico refuses the CIDR of a pool.

A pool's CIDR is an IPv4 network with a prefix length and without host bits, and it is at least as large as
one block of addresses. Docker accepts host bits and even an empty subnet without a word, and makes a network
that no container can use.

Example:
    calico-migrate network generate web --cidr 10.1.2.3/16 --output-dir web
    invalid-pool-cidr: '10.1.2.3/16' has host bits; its network is 10.1.0.0/16

Write the network itself, `10.1.0.0/16` in the example.
"""

from calico_core.addresses import address_text, parse_address
from calico_core.legible import quoted
from calico_core.rules import Findings, error
from calico_migrate.network.rules.pool_without_ipv4 import is_ipv6
from calico_migrate.network.settings import GenerationSettings
from calico_migrate.network.surroundings import ipv4_network, prefix_of

RULE = error(
    __name__,
    source="projectcalico/libcalico-go lib/validator/v3/validator.go:750-836, lib/clientv3/ippool.go",
)


def check(settings: GenerationSettings) -> Findings:
    """The CIDR as a text and its size against the block size."""
    cidr = settings.cidr
    if is_ipv6(cidr):
        return
    network = ipv4_network(cidr)
    if network is None:
        yield RULE.finding(
            _problem(cidr), hint="write an IPv4 network with its prefix length, such as 10.1.0.0/16"
        )
    elif str(network) != cidr and f"{network}/32" != cidr:
        yield RULE.finding(f"{quoted(cidr)} is written in an unusual way", hint=f"write {network}")
    elif prefix_of(network) > settings.block_size:
        yield RULE.finding(
            f"{cidr} is smaller than one block of addresses (/{settings.block_size})",
            hint="choose a larger network, or a smaller block with --block-size",
        )


def _problem(cidr: str) -> str:
    address, slash, prefix = cidr.partition("/")
    number = parse_address(address)
    if number is None:
        return f"{quoted(cidr)} is no IPv4 network"
    if not slash:
        return f"{quoted(cidr)} has no prefix length"
    if not (prefix.isascii() and prefix.isdigit()) or int(prefix[:3]) > 32:
        return f"{quoted(cidr)} has no prefix length from 0 to 32"
    length = int(prefix)
    network = address_text(number >> 32 - length << 32 - length)
    return f"{quoted(cidr)} has host bits; its network is {network}/{length}"
