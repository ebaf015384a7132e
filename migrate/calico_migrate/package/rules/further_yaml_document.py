"""A service specification has more than one YAML document.

The SDK reads the first document and ignores what follows; so does this tool.

Example:
    name: service
    ---
    pods: {}

Put everything into one document.
"""

from calico_core.findings import Finding
from calico_core.rules import warning

RULE = warning(__name__, source="mesosphere/dcos-commons RawServiceSpec.java (readValue)")


def finding() -> Finding:
    """What follows the first document."""
    return RULE.finding(
        "the SDK reads the first YAML document only; what follows was not looked at",
        hint="Put everything into one document.",
    )
