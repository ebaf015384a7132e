"""``ip route``: the main table."""

from __future__ import annotations

import re
from typing import NamedTuple

from calico_migrate.diagnose.parsing.nets import Net, parse_net

_WORDS = re.compile(r"\b(via|dev|proto|src) (\S+)")


class Route(NamedTuple):
    """A route to a net; ``via``, ``device`` and ``protocol`` are empty where it has none.

    ``kind`` is ``unicast``, ``blackhole``, ``unreachable`` or ``prohibit``.
    """

    net: Net
    kind: str
    via: str
    device: str
    protocol: str
    line: int
    text: str


def parse_routes(text: str) -> list[Route]:
    """The IPv4 routes in order; the default route is that to 0.0.0.0/0."""
    found: list[Route] = []
    for number, line in enumerate(text.splitlines(), 1):
        words = line.split()
        if not words:
            continue
        kind = words[0] if words[0] in ("blackhole", "unreachable", "prohibit") else "unicast"
        target = words[1] if kind != "unicast" and len(words) > 1 else words[0]
        net = parse_net("0.0.0.0/0" if target == "default" else target)
        if net is None:
            continue
        said = dict(_WORDS.findall(line))
        found.append(
            Route(net, kind, said.get("via", ""), said.get("dev", ""), said.get("proto", ""), number, line)
        )
    return found
