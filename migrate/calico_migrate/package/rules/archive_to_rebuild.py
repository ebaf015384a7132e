"""The scheduler's archive holds a copy of the service specification.

An edited ``svc.yml`` reaches a cluster only inside a new ``scheduler.zip``, or as an asset of its own under a
new address (the agents cache what they fetch).

Example:
    "scheduler-zip": "https://downloads.example.com/hello/1.2.0/scheduler.zip"

Build the archive from the edited tree, host it under a new address, and let ``assets.uris`` in
``resource.json`` point at it.
"""

from calico_core.findings import Finding
from calico_core.rules import info

RULE = info(__name__, source="mesosphere/dcos-commons, frameworks/*/src/main/dist")


def finding() -> Finding:
    """About a service specification that was edited."""
    return RULE.finding(
        "the edited service specification reaches a cluster only inside a new scheduler archive,"
        " or as an asset under a new address",
        hint="build the archive from the edited tree and host it under a new address",
    )
