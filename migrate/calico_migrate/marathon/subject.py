"""What a rule looks at: one definition, what was planned for it, and where its parts stand."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from calico_migrate.marathon.elsewhere import finder
from calico_migrate.marathon.parsed.attachments import policy_label

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from calico_core.findings import Finding, Severity
    from calico_core.json.pointers import Path
    from calico_core.rules import Rule
    from calico_core.spans import Lines
    from calico_migrate.marathon.definitions import Definition
    from calico_migrate.marathon.elsewhere import Elsewhere
    from calico_migrate.marathon.parsed.package_labels import PackageLabels
    from calico_migrate.marathon.plan import Plan
    from calico_migrate.network_map import NetworkMap


@cache
def _package_labels() -> type[PackageLabels]:
    """What reads a package's labels, imported where the first one is met."""
    from calico_migrate.marathon.parsed.package_labels import PackageLabels

    return PackageLabels


class Subject:
    """One definition with its plan.

    Rules read the definition as it was, and `networks` for what it will be attached to: the names of its
    container networks after the change, None for an unnamed one that stays. ``runtime`` is ``docker`` or
    ``ucr``; ``on_calico`` says whether it is on one of the new networks after the change, ``moved`` whether
    the change moves it, which restarts its instances; ``labels_moved`` whether misplaced policy labels were
    put right in the plan. ``record`` is what the definition says; of that, ``ports`` and ``parameters`` are
    the port mappings and docker parameters of an app (or of a job), each with its path, and ``labels`` the
    top-level labels of an app or pod, empty where there are none.
    """

    __slots__ = (
        "_elsewhere", "_package", "definition", "kind", "labels_moved", "lines", "moved",
        "network_map", "networks", "planned", "record", "value",
    )  # fmt: skip

    def __init__(
        self,
        definition: Definition,
        planned: Plan,
        network_map: NetworkMap,
        lines: Lines,
        *,
        labels_moved: bool = False,
    ) -> None:
        self.definition = definition
        self.planned = planned
        self.network_map = network_map
        self.lines = lines
        self.labels_moved = labels_moved
        self.kind = definition.kind
        self.value: dict[str, Any] = definition.value
        self.networks = planned.networks
        self.moved = bool(planned.edits)
        self.record = definition.record
        self._elsewhere: list[Elsewhere] | None = None
        # Empty until somebody asks.
        self._package: tuple[PackageLabels | None, ...] = ()

    @property
    def on_calico(self) -> bool:
        """Whether it is on one of the new networks after the change."""
        new = self.network_map.names.values()
        return any(network in new for network in self.networks)

    @property
    def runtime(self) -> str:
        """Who runs the container."""
        return self.record.runtime

    @property
    def named_elsewhere(self) -> list[Elsewhere]:
        """The old names that stand where nobody looks for a network."""
        if self._elsewhere is None:
            found = finder(frozenset(self.network_map.names)).find(self.kind, self.value)
            self._elsewhere = list(found)
        return self._elsewhere

    @property
    def package(self) -> PackageLabels | None:
        """What its labels say of the package that it was installed from, None where it is of none."""
        if not self._package:
            self._package = (_package_labels().of(self.labels),)
        return self._package[0]

    @property
    def ports(self) -> list[tuple[Path, dict[str, Any]]]:
        """The port mappings, with their paths."""
        return self.record.ports

    @property
    def parameters(self) -> list[tuple[Path, dict[str, Any]]]:
        """The docker parameters, with their paths."""
        return self.record.parameters

    @property
    def labels(self) -> Mapping[str, Any]:
        """The definition's own labels."""
        return self.record.labels

    def finding(
        self,
        rule: Rule,
        path: Path,
        message: str,
        *,
        hint: str = "",
        severity: Severity | None = None,
    ) -> Finding:
        """A finding at the value with this path below the definition."""
        line, column = self.lines.position(self.definition.offset(path))
        return rule.finding(
            message,
            hint=hint,
            line=line,
            column=column,
            pointer=self.definition.pointer(path),
            severity=severity,
        )

    @property
    def has_policy_labels(self) -> bool:
        """Whether a label stands where a runtime reads policy labels: at a network, or in a parameter."""
        return (
            next(self.network_labels(), None) is not None or next(self.parameter_labels(), None) is not None
        )

    def network_labels(self) -> Iterator[tuple[Path, str, Any]]:
        """The labels of ``networks[]`` or ``ipAddress``, which UCR reads: path, key and value of each."""
        for attachment in self.planned.attachments:
            if attachment.entry is not None:
                for key, value in attachment.labels.items():
                    yield (*attachment.entry, "labels", key), key, value

    def parameter_labels(self) -> Iterator[tuple[Path, str, Any]]:
        """The labels that ``container.docker.parameters`` give to Calico, without their prefix."""
        for path, parameter in self.parameters:
            label = policy_label(parameter)
            if label is not None:
                yield (*path, "value"), *label
