"""What a rule of `diagnose` is, and what it finds.

A rule is a module of `calico_migrate.diagnose.rules` with a ``RULE`` and a function ``check(subject)``. The
subject is a `OneNode` for what is judged node by node, else the `Estate`; ``check`` yields `Found` (or
`Open`, where a part cannot be judged), and lets UndecidedError pass where an item that it needs is missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypedDict

from calico_core.findings import Severity
from calico_core.rules import Rule
from calico_migrate.diagnose.bundle.names import ROLES

if TYPE_CHECKING:
    from typing_extensions import Unpack

    from calico_migrate.diagnose.bundle.undecided import Reason
    from calico_migrate.diagnose.estate.evidence import Evidence


class Found(NamedTuple):
    """Something that a rule found.

    ``node`` is the address that it is about, empty for the cluster; ``nodes`` are both of a pair, first the
    one whose items prove it, or all that it is about. Findings of one rule that are alike in ``message``
    and ``hint`` are one; ``detail`` is what differs from node to node.
    """

    rule: Judgement
    message: str
    hint: str
    node: str
    nodes: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    detail: str = ""


class Open(NamedTuple):
    """A judgement that could not be made: its rule, the node (empty for the cluster), why, and for want of
    what.
    """

    rule: Judgement
    node: str
    reason: Reason
    item: str


Findings = Iterator[Found | Open]
"""What ``check`` answers."""


class Judgement(Rule):
    """A rule of `diagnose`.

    ``needs`` is ``calico``, ``vxlan``, ``ipip``, or empty for what is judged in any bundle. ``roles`` are
    those of the nodes that it looks at. ``lists`` says that it needs what only masters have, ``cluster``
    that it needs a bundle of all nodes. ``causes`` are the rules whose finding about the same node, or the
    cluster, explains this rule's.
    """

    __slots__ = ("causes", "cluster", "lists", "needs", "roles")

    def __init__(
        self,
        module: str,
        severity: Severity,
        *,
        source: str,
        needs: str = "calico",
        roles: Sequence[str] = ROLES,
        lists: bool = False,
        cluster: bool = False,
        causes: Sequence[str] = (),
    ) -> None:
        super().__init__(module, severity, source=source)
        self.needs = needs
        self.roles = tuple(roles)
        self.lists = lists
        self.cluster = cluster
        self.causes = tuple(causes)

    def found(
        self,
        message: str,
        *evidence: Evidence,
        hint: str,
        node: str = "",
        nodes: Sequence[str] = (),
        detail: str = "",
    ) -> Found:
        """A finding; see `Found`."""
        return Found(self, message, hint, node, tuple(nodes), evidence, detail)

    def found_on(self, nodes: Sequence[str], message: str, *evidence: Evidence, hint: str) -> Found:
        """A finding about one node or several; about the cluster where none is known."""
        node = nodes[0] if len(nodes) == 1 else ""
        return Found(self, message, hint, node, tuple(nodes) if len(nodes) > 1 else (), evidence)

    def open(self, node: str, reason: Reason, item: str) -> Open:
        """A part of the judgement that cannot be made; see `Open`."""
        return Open(self, node, reason, item)


class Traits(TypedDict, total=False):
    """What a rule may say of itself beside its source; see `Judgement`."""

    needs: str
    roles: Sequence[str]
    lists: bool
    cluster: bool
    causes: Sequence[str]


def error(module: str, *, source: str, **traits: Unpack[Traits]) -> Judgement:
    """A rule whose finding means: broken now."""
    return Judgement(module, Severity.ERROR, source=source, **traits)


def warning(module: str, *, source: str, **traits: Unpack[Traits]) -> Judgement:
    """A rule whose finding means: half broken, or it will break."""
    return Judgement(module, Severity.WARNING, source=source, **traits)


def info(module: str, *, source: str, **traits: Unpack[Traits]) -> Judgement:
    """A rule whose finding is worth knowing."""
    return Judgement(module, Severity.INFO, source=source, **traits)
