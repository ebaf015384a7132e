"""`ipAddress.network` is no field of Marathon.

Marathon ignores it and takes the cluster's default network; the field is `ipAddress.networkName`. The DC/OS
documentation itself has the wrong key in one place.

Example:
    "ipAddress": {"network": "dcos"}

Write `networkName`, or better `networks` in the current format.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from calico_core.findings import Severity
from calico_core.rules import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calico_core.findings import Finding
    from calico_migrate.marathon.subject import Subject

RULE = Rule(
    __name__,
    Severity.WARNING,
    source="mesosphere/marathon docs/docs/rest-api/public/api/v2/types/network.raml:128-134;"
    " DC/OS 2.1 documentation, Networking > SDN > usage",
)


def check(subject: Subject) -> Iterator[Finding]:
    """An app whose ipAddress has the wrong key."""
    address = subject.value.get("ipAddress")
    if subject.kind == "app" and isinstance(address, dict) and "network" in address:
        yield subject.finding(
            RULE,
            ("ipAddress", "network"),
            "Marathon ignores ipAddress.network, so that it does not choose the network",
            hint="write networkName instead, or use networks",
        )
