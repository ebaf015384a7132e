"""Which rules look at a definition, and in which order."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from calico_migrate.marathon.features import ESCAPED_DIGIT, OVERLAY, Feature, features
from calico_migrate.marathon.subject import Subject

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from calico_core.findings import Finding
    from calico_core.spans import Lines
    from calico_migrate.marathon.definitions import Definition
    from calico_migrate.marathon.plan import Plan
    from calico_migrate.network_map import NetworkMap

    Check = Callable[[Subject], Iterable[Finding]]

# The modules of the rules that may have something to say about a feature; imported when one is met.
RULES: dict[str, tuple[str, ...]] = {
    Feature.MERGED: ("merge_networks",),
    Feature.ODD_NETWORKS: ("refused_by_marathon",),
    Feature.ODD_FIELDS: ("refused_by_marathon",),
    Feature.VOLUMES: ("resident_app",),
    Feature.UPGRADE: ("upgrade_deadlock",),
    Feature.DOCKER_ON_CALICO: ("docker_host_port",),
    Feature.SEVERAL_NETWORKS: ("docker_several_networks",),
    Feature.PARAMETERS: ("docker_network_parameter",),
    Feature.POLICY_LABELS: ("misplaced_policy_labels", "refused_policy_label", "mangled_policy_label"),
    Feature.UNMOVED_LABELS: ("policy_label_stays",),
    Feature.NO_DEPENDENCIES: ("lossy_app_show",),
    Feature.IPV6: ("ipv6_network",),
    Feature.UNNAMED: ("unmapped_default_network",),
    Feature.ADDRESS: ("ip_address_network_key", "dead_network_name"),
    Feature.OVERLAY_MARK: ("overlay_address",),
    Feature.VIPS: ("vip_with_policy_labels", "vip_label"),
    Feature.PACKAGE: ("stored_package_options", "package_scheduler"),
}


class Checks:
    """The rules, ready for the definitions of one text in the order of their places."""

    def __init__(
        self, text: str, network_map: NetworkMap, lines: Lines, *, labels_moved: bool = False
    ) -> None:
        self._text = text
        self._network_map = network_map
        self._lines = lines
        self._labels_moved = labels_moved
        self._checks: dict[str, Check] = {}

    def _may_name_overlay(self, definition: Definition) -> bool:
        """Whether an address of the overlay may stand in the definition, however it is spelled."""
        text, start, end = self._text, definition.start, definition.end
        return OVERLAY.search(text, start, end) is not None or (
            definition.has_escapes and ESCAPED_DIGIT.search(text, start, end) is not None
        )

    def findings(self, definition: Definition, planned: Plan) -> list[Finding]:
        """What all rules say of one definition."""
        present = features(definition, planned, self._network_map)
        if self._may_name_overlay(definition):
            present.append(Feature.OVERLAY_MARK)
        if not present:
            return []
        subject = Subject(
            definition, planned, self._network_map, self._lines, labels_moved=self._labels_moved
        )
        found: list[Finding] = []
        for name in dict.fromkeys(name for feature in present for name in RULES[feature]):
            found += (self._checks.get(name) or self._load(name))(subject)
        return found

    def _load(self, name: str) -> Check:
        check: Check = import_module(f"calico_migrate.marathon.rules.{name}").check
        self._checks[name] = check
        return check
