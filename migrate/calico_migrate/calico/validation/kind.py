"""What a kind of resource consists of, and what its checks are given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from calico_core.findings import Severity
    from calico_core.json.pointers import Path
    from calico_core.rules import Rule
    from calico_migrate.calico.reading.types import Record


class Subject:
    """A resource under validation: its values, and a place to put what is wrong with them.

    ``metadata`` and ``spec`` are what calicoctl has read, ``listed`` says that it is an item of a list of its
    kind, as ``calicoctl get`` prints it; ``report`` takes the path from the resource's root.
    """

    __slots__ = ("_report", "listed", "metadata", "spec")

    def __init__(
        self,
        metadata: dict[str, Any],
        spec: dict[str, Any],
        report: Callable[[Rule, Path, str, str, Severity | None], None],
        *,
        listed: bool = False,
    ) -> None:
        self.metadata = metadata
        self.spec = spec
        self.listed = listed
        self._report = report

    def report(
        self, rule: Rule, path: Path, message: str, hint: str = "", *, severity: Severity | None = None
    ) -> None:
        """Adds a problem with the value at ``path``."""
        self._report(rule, path, message, hint, severity)


class Kind(NamedTuple):
    """A kind of resource: the fields of its spec, whether it has a namespace, and its own checks.

    ``policy_name`` says that the name has no dots, apart from the prefixes of Kubernetes' own policies where
    ``kubernetes_names`` is true.
    """

    name: str
    spec: Record
    check: Callable[[Subject], None]
    namespaced: bool = False
    policy_name: bool = False
    kubernetes_names: bool = False
