"""A label of a network begins or ends with a blank.

The SDK does not trim the pieces of ``labels``: after ``"k0:v0, k1:v1"`` the second key is ``" k1"``, with a
blank in front. A Calico policy that selects ``k1`` then never matches the pod. The SDK's own developer guide
has such an example.

Example:
    labels: "team:data, tier:db"

Remove the blanks around the commas and colons.
"""

from __future__ import annotations

from calico_core.findings import Severity
from calico_core.rules import Rule
from calico_migrate.package.rules import refused_network_labels

RULE = Rule(
    __name__,
    Severity.WARNING,
    source="mesosphere/dcos-commons YAMLToInternalMappers.java (convertLabels)",
)


def problem(labels: str) -> str | None:
    """Which part of a labels text has blanks; None where there are none."""
    for piece in refused_network_labels.pieces(labels):
        for part in piece.split(":", 1):
            if any(character.isspace() for character in part):
                return f"the label part {part!r} keeps its blanks: the SDK trims nothing"
    return None
