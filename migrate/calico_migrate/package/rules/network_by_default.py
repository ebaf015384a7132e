"""An options file switches the virtual network on and names none.

The package's default then says which network it is: ``dcos`` in every package of the public Universe that has
such a switch. A service that was installed with these options keeps that network, and a new installation gets
whatever the package's default is by then.

Example:
    {"service": {"name": "cassandra", "virtual_network_enabled": true}}

Name the network beside the switch, mostly with ``virtual_network_name``.
"""

from calico_core.findings import Finding
from calico_core.json.pointers import Path, pointer
from calico_core.rules import warning
from calico_core.spans import Position

RULE = warning(
    __name__, source="DC/OS documentation, Services, Configuration (service settings); mesosphere/universe"
)


def finding(path: Path, name: str, network: str, new: str, place: Position) -> Finding:
    """An option file that switches a network on at ``path``, which the option ``name`` would name."""
    return RULE.finding(
        f"{'.'.join(map(str, path))} switches the virtual network on, and no {name} says which: the package's"
        f" default applies, which is {network} in the public packages",
        hint=f"add {name} with the value {new}, where the service is to move",
        line=place.line,
        column=place.column,
        pointer=pointer(path),
    )
