"""A pod is on dcos6, the overlay for IPv6.

Calico on DC/OS has no IPv6, so that there is no network that this pod could move to. The name stays.

Example:
    networks:
      dcos6:

Plan for this pod by itself; it keeps working only as long as the overlay does.
"""

from __future__ import annotations

from calico_core.findings import Severity
from calico_core.rules import Rule

RULE = Rule(
    __name__,
    Severity.WARNING,
    source="dcos/dcos packages/dcos-integration-test/extra/test_networking.py:560 (no IPv6 on Calico)",
)
