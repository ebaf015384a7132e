"""Collects what is said about the values of one document, and words for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from calico_migrate.calico.reading import scalars
from calico_migrate.calico.reading.problems import Problem
from calico_migrate.calico.reading.yaml_tree import Mapping, Node, Scalar, Sequence, YamlError
from calico_migrate.calico.rules import invalid_type, invalid_yaml, value_read_differently

if TYPE_CHECKING:
    from calico_core.json.pointers import Path
    from calico_core.rules import Rule

QUOTE = "quote it to keep what is written"


class Notes:
    """The problems of one document while it is read."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def resolve(self, node: Scalar, path: Path) -> Any:
        """What a scalar is, None where its value does not fit its tag, which is noted."""
        try:
            return scalars.resolve(node)
        except YamlError as error:
            self.add(invalid_yaml.RULE, error.message, node, path)
            return None

    def differs(self, node: Node, path: Path, message: str, hint: str = QUOTE) -> None:
        """Notes that a value is read as something else than what is written."""
        self.add(value_read_differently.RULE, message, node, path, hint)

    def wrong(self, node: Node, path: Path, wanted: str, hint: str = "") -> None:
        """Notes that a value is not of the kind that its field takes."""
        self.add(
            invalid_type.RULE, f"{where(path)} takes {wanted}, and {what(node)} is here", node, path, hint
        )

    def add(self, rule: Rule, message: str, node: Node, path: Path, hint: str = "") -> None:
        """Notes a problem at a value."""
        self.problems.append(Problem(rule, message, hint, node.offset, path))


def where(path: Path) -> str:
    """What a message calls the field at a path."""
    names = [str(part) for part in path if isinstance(part, str)]
    return f"'{short(names[-1])}'" if names else "a resource"


def what(node: Node) -> str:
    """What a message calls a value."""
    if isinstance(node, Mapping):
        return "a mapping"
    if isinstance(node, Sequence):
        return "a list"
    return f"'{short(node.text)}'" if node.text else "nothing"


def short(text: str, most: int = 60) -> str:
    """A text as a message shows it: printable, and not too long."""
    shown = text if text.isprintable() else repr(text)[1:-1]
    return shown if len(shown) <= most else shown[: most - 1] + "…"
