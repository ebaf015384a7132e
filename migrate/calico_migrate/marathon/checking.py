"""Which rules look at a definition, and in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calico_migrate.marathon.features import MARKS, features
from calico_migrate.marathon.rules import (
    dead_network_name,
    docker_host_port,
    docker_network_parameter,
    docker_several_networks,
    ip_address_network_key,
    ipv6_network,
    lossy_app_show,
    mangled_policy_label,
    merge_networks,
    misplaced_policy_labels,
    overlay_address,
    package_scheduler,
    policy_label_stays,
    refused_by_marathon,
    refused_policy_label,
    resident_app,
    stored_package_options,
    unmapped_default_network,
    upgrade_deadlock,
    vip_label,
    vip_with_policy_labels,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from calico_core.findings import Finding

    from calico_migrate.marathon.subject import Subject

_RULES = (
    refused_by_marathon,
    merge_networks,
    docker_host_port,
    docker_several_networks,
    docker_network_parameter,
    misplaced_policy_labels,
    refused_policy_label,
    mangled_policy_label,
    policy_label_stays,
    lossy_app_show,
    ipv6_network,
    unmapped_default_network,
    ip_address_network_key,
    dead_network_name,
    overlay_address,
    resident_app,
    upgrade_deadlock,
    vip_with_policy_labels,
    vip_label,
    stored_package_options,
    package_scheduler,
)


class Checks:
    """The rules, ready for the definitions of one text in the order of their places."""

    def __init__(self, text: str) -> None:
        self._text = text
        # An escape may spell any mark.
        self._next = dict.fromkeys(["\\u", *MARKS.values()], -1)
        self._by_feature: dict[str, list[Callable[[Subject], Iterator[Finding]]]] = {}
        for module in _RULES:
            self._by_feature.setdefault(module.NEEDS, []).append(module.check)

    def findings(self, subject: Subject) -> list[Finding]:
        """What all rules say of one definition."""
        found: list[Finding] = []
        by_feature = self._by_feature
        for feature in features(subject):
            for check in by_feature.get(feature, ()):
                found += check(subject)
        start, end = subject.definition.start, subject.definition.end
        escaped = self._marked("\\u", start, end)
        for feature, mark in MARKS.items():
            if escaped or self._marked(mark, start, end):
                for check in by_feature[feature]:
                    found += check(subject)
        return found

    def _marked(self, mark: str, start: int, end: int) -> bool:
        """Whether the mark stands between the offsets, which rise from call to call."""
        place = self._next[mark]
        if place < start:
            place = self._text.find(mark, start)
            self._next[mark] = place = len(self._text) if place < 0 else place
        return place < end
