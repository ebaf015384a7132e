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

from calico_core.findings import Finding
from calico_core.rules import error

RULE = error(__name__, source="mesosphere/dcos-commons RawServiceSpec.java (STRICT_DUPLICATE_DETECTION)")


def finding(pod: str, name: str, other: str, new: str) -> Finding:
    """A name that stays because the pod has another one that becomes or is the same."""
    return RULE.finding(
        f"pod {pod} names both {name} and {other}; {name} stays, because the SDK refuses two networks"
        f" named {new}",
        hint="Remove the one that the pod should not be on.",
    )
