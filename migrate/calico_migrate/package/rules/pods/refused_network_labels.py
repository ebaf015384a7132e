"""The SDK refuses the labels of a network.

``labels`` is a text of pairs, ``key:value``, with commas between them. The SDK splits it at each comma and
each pair at its first colon, and throws where a piece has no colon or a key comes twice.

Example:
    networks:
      dcos:
        labels: "team,tier:web"     # the first piece has no colon

Write each label as key:value, each key once, with nothing but a comma between them.
"""

from calico_core.rules import Findings, error
from calico_migrate.package.specification.subject import KeySeen, placed

RULE = error(__name__, source="mesosphere/dcos-commons YAMLToInternalMappers.java (convertLabels)")


def check(seen: KeySeen) -> Findings:
    """Labels that are no text, or none that the SDK can take apart."""
    labels = seen.labels
    if labels is None or not labels.is_known:
        return
    if labels.text is None:
        message = "the SDK refuses these labels: they are one text, key:value pairs with commas between them"
        hint = 'Write them as "key:value,key:value".'
    else:
        message = problem(labels.text) or ""
        hint = "Write key:value pairs with nothing but commas between them, each key once."
    if message:
        yield placed(seen.lines, RULE, labels.offset, message, pointer=labels.pointer, hint=hint)


def pieces(labels: str) -> list[str]:
    """The pieces that Java's ``split(",")`` gives: empty ones at the end fall away."""
    parts = labels.split(",")
    while parts and not parts[-1]:
        parts.pop()
    return parts


def problem(labels: str) -> str | None:
    """Why the SDK refuses a labels text; None where it takes it."""
    if not labels:
        return None
    keys: set[str] = set()
    for piece in pieces(labels):
        key, colon, _ = piece.partition(":")
        if not colon:
            return (
                f"the SDK refuses these labels: {piece!r} has no colon"
                if piece
                else ("the SDK refuses these labels: there is nothing between two commas")
            )
        if key in keys:
            return f"the SDK refuses these labels: the key {key!r} comes twice"
        keys.add(key)
    return None
