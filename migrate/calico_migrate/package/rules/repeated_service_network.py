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

from calico_core.findings import Finding, Severity
from calico_core.rules import error

RULE = error(__name__, source="mesosphere/dcos-commons RawServiceSpec.java (STRICT_DUPLICATE_DETECTION)")


def finding(pod: str, name: str, *, always: bool) -> Finding:
    """A name that stands twice, always or only where two sections are on together."""
    return RULE.finding(
        f"pod {pod} names the network {name} twice"
        + ("" if always else ", where the sections around both are on")
        + ", which the SDK refuses",
        hint="Remove one of the two.",
        severity=None if always else Severity.WARNING,
    )
