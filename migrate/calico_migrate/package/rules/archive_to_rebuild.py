"""The scheduler's archive holds a copy of the service specification.

An edited ``svc.yml`` reaches a cluster only inside a new ``scheduler.zip``, or as an asset of its own under a
new address (the agents cache what they fetch).

Example:
    "scheduler-zip": "https://downloads.example.com/hello/1.2.0/scheduler.zip"

Build the archive from the edited tree, host it under a new address, and let ``assets.uris`` in
``resource.json`` point at it.
"""

from __future__ import annotations

from calico_core.findings import Severity
from calico_core.rules import Rule

RULE = Rule(__name__, Severity.INFO, source="mesosphere/dcos-commons, frameworks/*/src/main/dist")
