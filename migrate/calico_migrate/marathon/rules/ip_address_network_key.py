"""`ipAddress.network` is no field of Marathon.

Marathon ignores it and takes the cluster's default network; the field is `ipAddress.networkName`. The DC/OS
documentation itself has the wrong key in one place.

Example:
    "ipAddress": {"network": "dcos"}

Write `networkName`, or better `networks` in the current format.
"""

from calico_core.rules import Findings, warning
from calico_migrate.marathon.parsed.marks import Mark
from calico_migrate.marathon.subject import Subject

RULE = warning(
    __name__,
    source="mesosphere/marathon docs/docs/rest-api/public/api/v2/types/network.raml:128-134;"
    " DC/OS 2.1 documentation, Networking > SDN > usage",
)
WATCHES = (Mark.ADDRESS_KEY,)


def check(subject: Subject) -> Findings:
    """An app whose ipAddress has the wrong key."""
    address = subject.value.get("ipAddress")
    if subject.kind == "app" and isinstance(address, dict) and "network" in address:
        yield subject.finding(
            RULE,
            ("ipAddress", "network"),
            "Marathon ignores ipAddress.network, so that it does not choose the network",
            hint="write networkName instead, or use networks",
        )
