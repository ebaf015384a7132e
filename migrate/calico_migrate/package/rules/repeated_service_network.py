"""A pod names one network twice.

The SDK reads its file with strict detection of repeated keys, so that it refuses the whole service
specification.

Example:
    networks:
      dcos:
        labels: "team:data"
      dcos:

Remove one of the two.
"""

from __future__ import annotations

from calico_core.findings import Severity
from calico_core.rules import Rule

RULE = Rule(
    __name__,
    Severity.ERROR,
    source="mesosphere/dcos-commons RawServiceSpec.java (STRICT_DUPLICATE_DETECTION)",
)
