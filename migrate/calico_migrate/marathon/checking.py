"""Which rules look at a definition, and in which order."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from calico_migrate.marathon.features import ESCAPE, MARKS, Feature, features
from calico_migrate.marathon.subject import Subject

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterable

    from calico_core.findings import Finding
    from calico_core.spans import Lines

    from calico_migrate.marathon.definitions import Definition
    from calico_migrate.marathon.planning import Plan
    from calico_migrate.network_map import NetworkMap

    Check = Callable[[Subject], Iterable[Finding]]

# The modules of the rules that may have something to say about a feature; imported when one is met.
RULES: dict[str, tuple[str, ...]] = {
    Feature.MERGED: ("merge_networks",),
    Feature.MOVED: ("refused_by_marathon", "resident_app", "upgrade_deadlock"),
    Feature.ODD_NETWORKS: ("refused_by_marathon",),
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
    Feature.VIP_MARK: ("vip_with_policy_labels", "vip_label"),
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
        self._next = dict.fromkeys([ESCAPE, *MARKS.values()], -1)

    def findings(self, definition: Definition, planned: Plan) -> list[Finding]:
        """What all rules say of one definition."""
        present = features(definition, planned, self._network_map)
        start, end = definition.start, definition.end
        escaped = self._marked(ESCAPE, start, end)
        present += [feature for feature, mark in MARKS.items() if self._marked(mark, start, end) or escaped]
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

    def _marked(self, mark: re.Pattern[str], start: int, end: int) -> bool:
        """Whether the mark stands between the offsets, which rise from call to call."""
        place = self._next[mark]
        if place < start:
            match = mark.search(self._text, start)
            self._next[mark] = place = len(self._text) if match is None else match.start()
        return place < end
