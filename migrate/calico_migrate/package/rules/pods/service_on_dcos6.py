"""A pod is on dcos6, the overlay for IPv6.

Calico on DC/OS has no IPv6, so that there is no network that this pod could move to. The name stays.

Example:
    networks:
      dcos6:

Plan for this pod by itself; it keeps working only as long as the overlay does.
"""

from calico_core.rules import Findings, warning
from calico_migrate.package.specification.subject import KeySeen, placed

RULE = warning(
    __name__,
    source="dcos/dcos packages/dcos-integration-test/extra/test_networking.py:560 (no IPv6 on Calico)",
)


def check(seen: KeySeen) -> Findings:
    """A pod on the IPv6 overlay."""
    if seen.stays and seen.key.name == "dcos6":
        yield placed(
            seen.lines,
            RULE,
            seen.offset,
            f"pod {seen.key.pod} stays on dcos6: Calico on DC/OS has no IPv6",
            pointer=seen.key.pointer,
            hint="Plan for this pod by itself.",
        )
