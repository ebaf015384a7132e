"""A pod names the old and the new network at once.

Renaming would give the networks of the pod two equal names. The SDK reads its file with strict detection of
repeated keys and refuses it. Where the two names stand in branches that never show together, both are
right and the old one is renamed.

Example:
    networks:
      dcos:
      calico:

Decide which of the two the pod should be on, and remove the other.
"""

from __future__ import annotations

from calico_core.findings import Severity
from calico_core.rules import Rule

RULE = Rule(
    __name__,
    Severity.ERROR,
    source="mesosphere/dcos-commons RawServiceSpec.java (STRICT_DUPLICATE_DETECTION)",
)
