"""A file is passed over, and a network that moves is named in it.

Under a key such as `networks` or `networkName` the file names an old network, but it is no definition that
this command knows: a map of definitions by their names, a part of another program's file, a job of Chronos.
It stays byte for byte.

Example:
    {"web": {"id": "/web", "cmd": "./run", "networks": [{"mode": "container", "name": "dcos"}]}}

See what the file is for. A definition moves once it stands in a file, a list or a group of its own; anything
else is changed by hand.
"""

from calico_core.findings import Finding
from calico_core.rules import warning

RULE = warning(
    __name__, source="mesosphere/marathon docs/docs/rest-api/public/api/v2 (apps, pods, groups, queue)"
)


def finding(where: str, network: str, what: str, hint: str, line: int | None, column: int | None) -> Finding:
    """A network in a file that is skipped, or in an entry of one; ``where`` is its pointer."""
    return RULE.finding(
        f"{what}, and {where} names the network {network}; it stays as it is",
        hint=hint,
        line=line,
        column=column,
        pointer=where,
    )
