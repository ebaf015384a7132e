"""Which rules look at a definition, and in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
    from collections.abc import Iterator

    from calico_core.findings import Finding

    from calico_migrate.marathon.subject import Subject

# Rules that look at every definition.
_ALWAYS = (
    refused_by_marathon.check,
    docker_network_parameter.check,
    docker_several_networks.check,
    lossy_app_show.check,
    ip_address_network_key.check,
    dead_network_name.check,
    package_scheduler.check,
    stored_package_options.check,
)
# Rules about attachments to container networks.
_ATTACHED = (
    merge_networks.check,
    unmapped_default_network.check,
    ipv6_network.check,
    docker_host_port.check,
    misplaced_policy_labels.check,
    refused_policy_label.check,
    mangled_policy_label.check,
    policy_label_stays.check,
    resident_app.check,
    upgrade_deadlock.check,
)
# Rules that can only speak where the text holds a mark.
_MARKED = (vip_label, vip_with_policy_labels, overlay_address)


class Checks:
    """The rules, ready for the definitions of one text in the order of their places."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._next = dict.fromkeys({module.MARK for module in _MARKED}, -1)

    def findings(self, subject: Subject) -> Iterator[Finding]:
        """What all rules say of one definition."""
        for check in _ALWAYS:
            yield from check(subject)
        if subject.planned.attachments:
            for check in _ATTACHED:
                yield from check(subject)
        for module in _MARKED:
            if self._marked(module.MARK, subject.definition.start, subject.definition.end):
                yield from module.check(subject)

    def _marked(self, mark: str, start: int, end: int) -> bool:
        """Whether the mark, or an escape that may spell it, stands between the offsets."""
        place = self._next[mark]
        if place < start:
            place = self._text.find(mark, start)
            self._next[mark] = place = len(self._text) if place < 0 else place
        return place < end or self._text.find("\\u", start, end) >= 0
