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
_DEPENDENCY = re.compile(
    rf"(?<![\w.\-])(?P<port>{_ADDRESS}):\d{{1,5}}(?![\w.])"
    rf"|(?<=://)(?:[^\s/@\"']*@)?(?P<url>{_ADDRESS})(?![\w.])"
    r"|(?<![\w.\-])(?P<name>[\w.\-]+\.(?:autoip|agentip)\.dcos\.(?:thisdcos\.directory|\w+\.directory))",
    re.ASCII,
)


def look(text: str, network: str) -> Iterator[Spot]:
    """The addresses and names in a text that change their meaning when apps move."""
    for found in _DEPENDENCY.finditer(text):
        group = str(found.lastgroup)
        if group == "name":
            which = "autoip" if ".autoip." in found[0] else "agentip"
            why = {
                "autoip": f"{found[0]} resolves to the container or the agent, by the app's network",
                "agentip": f"{found[0]} resolves to the agent's address: only a host port answers there",
            }[which]
        else:
            why = f"{found[group]} is an address of the overlay; on Calico containers have others"
        yield Spot(found.start(group), State.DEPENDS, network, None, None, why)
