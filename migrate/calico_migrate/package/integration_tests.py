"""Integration tests of frameworks that name the old network, which fail after the move."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from calico_core.spans import Lines
from calico_migrate.package.rules import test_names_network

if TYPE_CHECKING:
    from calico_core.findings import Finding
    from calico_migrate.network_map import NetworkMap


def findings(text: str, network_map: NetworkMap) -> list[Finding]:
    """A finding for each line of a Python test that names an old network beside a word about networks."""
    quoted = "|".join(map(re.escape, network_map.names))
    pattern = re.compile(rf"^(?=.*network)(?!\s*#).*?[\"']({quoted})[\"']", re.IGNORECASE | re.MULTILINE)
    lines = Lines(text)
    found = []
    for match in pattern.finditer(text):
        old = match.group(1)
        if old not in network_map.names:
            continue
        place = lines.position(match.start(1))
        found.append(test_names_network.finding(old, network_map.names[old], place))
    return found
