"""What the operator adds to config.yaml: the site's own ranges, its nodes, its network."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from calico_core.addresses import Range


class InstalledPool(NamedTuple):
    """An IP pool that a running cluster has; ``mode`` is ``vxlan``, ``ipip`` or ``none``."""

    name: str
    cidr: str
    mode: str
    disabled: bool = False


class Options(NamedTuple):
    """What `check_config` takes into account besides the file.

    ``dcos_version`` is a release (None: the newest). ``reserved`` are ranges of kind ``reserved`` and
    origin ``command``. ``agents`` are addresses or host names, ``pools`` those of an installed cluster
    (None: nothing is known of one). ``nodes`` counts all nodes, masters included, ``tasks`` those on
    Calico at the same time. ``link_mtu`` is the smallest MTU over all nodes' interfaces, ``cloud`` a key of
    `calico_config.facts.mtu.CLOUDS`.
    """

    dcos_version: str | None = None
    reserved: tuple[Range, ...] = ()
    agents: tuple[str, ...] = ()
    pools: tuple[InstalledPool, ...] | None = None
    nodes: int | None = None
    tasks: int | None = None
    link_mtu: int | None = None
    cloud: str | None = None


def parse_reserved(text: str) -> Range:
    """A ``--reserved`` argument, ``10.0.0.0/8=office`` or ``10.0.0.0/8``, as a range.

    Host bits are no mistake here (``10.1.2.3/8`` means its network). Raises ValueError with what is wrong.
    """
    from calico_core.addresses import ADDRESSES, Range, parse_address, parse_bounds, text_of

    network_text, _, label = text.partition("=")
    network_text, label = network_text.strip(), label.strip()
    if "-" in network_text:
        first, last = parse_bounds(network_text)
    else:
        address_text, slash, prefix_text = network_text.partition("/")
        address = parse_address(address_text)
        valid = not slash or (prefix_text.isascii() and prefix_text.isdigit() and int(prefix_text[:4]) <= 32)
        if address is None or not valid:
            raise ValueError(f"{network_text!r} is no IPv4 network such as 10.0.0.0/8")
        size = 1 << (32 - int(prefix_text)) if slash else 1
        first = address & (ADDRESSES - size)
        last = first + size - 1
    return Range(first, last, "reserved", label or "reserved", "command", text=text_of(first, last))
