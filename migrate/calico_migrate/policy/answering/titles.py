"""What groups of a matrix are called: by what tells them apart, not by their first member."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calico_migrate.policy.answering.grouping import Group

_MOST_LABELS = 3
_KINDS = {
    "overlay": "on the overlay {network}",
    "host": "on the host's network",
    "bridge": "on a bridge",
}


def titles(groups: Sequence[Group]) -> list[str]:
    """A title for each group, all different.

    A single workload is called by its id. Of others it is the labels that all members have and not all groups
    do; ``no policy label`` where there are none. The number of members stands behind it.
    """
    common = [_common(group) for group in groups]
    everywhere = Counter(pair for labels in common for pair in labels)
    made = [
        group.members[0].name if len(group.members) == 1 else _title(group, labels, everywhere, len(groups))
        for group, labels in zip(groups, common, strict=True)
    ]
    seen = Counter(made)
    return [
        title if seen[title] == 1 else f"{title}, as {group.members[0].name}"
        for title, group in zip(made, groups, strict=True)
    ]


def _common(group: Group) -> list[tuple[str, str]]:
    """The labels that all members have with the same value, without those that Calico and profiles add."""
    first, *others = group.members
    added = {key for profile in first.profiles if not isinstance(profile, str) for key in profile.labels}
    return [
        (key, value)
        for key, value in sorted(first.labels.items())
        if key not in added
        and not key.startswith("projectcalico.org/")
        and all(member.labels.get(key) == value for member in others)
    ]


def _title(
    group: Group, labels: Sequence[tuple[str, str]], everywhere: Counter[tuple[str, str]], of: int
) -> str:
    kind = group.representative.kind
    if kind != "calico":
        words = _KINDS.get(kind, kind).format(network=group.representative.network or "")
    else:
        telling = [f"{key}={value}" for key, value in labels if everywhere[key, value] < of or of == 1]
        words = ", ".join(telling[:_MOST_LABELS]) or "no policy label"
        if len(telling) > _MOST_LABELS:
            words += f" and {len(telling) - _MOST_LABELS} more labels"
    return f"{words} ({len(group.members):,})"
