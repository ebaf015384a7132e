"""What depends on where an app is: addresses of the overlay, and names that resolve to one or to a host port.

Outside definitions an address counts only with a port or in a URL: version numbers look like addresses.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from calico_migrate.survey.definitions import Spot
from calico_migrate.survey.place import State

if TYPE_CHECKING:
    from collections.abc import Iterator

_NUMBER = r"(?:25[0-5]|2[0-4]\d|1?\d?\d)"
_ADDRESS = rf"9(?:\.{_NUMBER}){{3}}"
# Expressions that begin with what must stand there, and look in front of it from behind, are fast.
_WITH_PORT = re.compile(rf"9(?<![\w.\-]9){_ADDRESS[1:]}(?=:\d{{1,5}}(?![\w.]))", re.ASCII)
_IN_URL = re.compile(rf"://(?:[^\s/@\"']*@)?({_ADDRESS})(?![\w.])", re.ASCII)
_DOMAIN = re.compile(r"\.(?:autoip|agentip)\.dcos\.(?:thisdcos\.directory|\w+\.directory)", re.ASCII)
_NAME = re.compile(r"(?<![\w.\-])[\w.\-]+\Z", re.ASCII)
_LONGEST_NAME = 253


def look(text: str, network: str) -> Iterator[Spot]:
    """The addresses and names in a text that change their meaning when apps move, in their order."""
    found = {match.start(): match[0] for match in _WITH_PORT.finditer(text)}
    found.update((match.start(1), match[1]) for match in _IN_URL.finditer(text))
    why = {
        start: f"{address} is an address of the overlay; on Calico containers have others"
        for start, address in found.items()
    }
    for match in _DOMAIN.finditer(text):
        before = _NAME.search(text, max(0, match.start() - _LONGEST_NAME), match.start())
        if before is None:
            continue
        name = before[0] + match[0]
        why[before.start()] = (
            f"{name} resolves to the container or the agent, by the app's network"
            if ".autoip." in name
            else f"{name} resolves to the agent's address: only a host port answers there"
        )
    for start in sorted(why):
        yield Spot(start, State.DEPENDS, network, None, None, why[start])
