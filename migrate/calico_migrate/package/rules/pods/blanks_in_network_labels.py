"""A label of a network begins or ends with a blank.

The SDK does not trim the pieces of ``labels``: after ``"k0:v0, k1:v1"`` the second key is ``" k1"``, with a
blank in front. A Calico policy that selects ``k1`` then never matches the pod. The SDK's own developer guide
has such an example.

Example:
    labels: "team:data, tier:db"

Remove the blanks around the commas and colons.
"""

from calico_core.rules import Findings, warning
from calico_migrate.package.rules.pods import refused_network_labels
from calico_migrate.package.specification.subject import KeySeen, placed

RULE = warning(__name__, source="mesosphere/dcos-commons YAMLToInternalMappers.java (convertLabels)")


def check(seen: KeySeen) -> Findings:
    """Labels that keep blanks."""
    labels = seen.labels
    if labels is None or labels.text is None or not labels.is_known:
        return
    message = problem(labels.text)
    if message is not None:
        yield placed(
            seen.lines,
            RULE,
            labels.offset,
            message,
            pointer=labels.pointer,
            hint="Remove the blanks: a policy that selects the label would not match.",
        )


def problem(labels: str) -> str | None:
    """Which part of a labels text has blanks; None where there are none."""
    for piece in refused_network_labels.pieces(labels):
        for part in piece.split(":", 1):
            if any(character.isspace() for character in part):
                return f"the label part {part!r} keeps its blanks: the SDK trims nothing"
    return None
