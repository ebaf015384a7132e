"""Mesos' tasks by network, by framework and by app: what is left, whoever runs it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from calico_migrate.cluster import mesos

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from calico_migrate.cluster.mesos import Framework
    from calico_migrate.cluster.pools import Pools


class Left(NamedTuple):
    """An app, pod or task name with tasks on an old network or on an unknown one."""

    framework: str
    name: str
    tasks: Mapping[str, int]


class Counted(NamedTuple):
    """Running tasks: of all frameworks by network, by framework, what is left, and by app or pod.

    The keys of ``specs`` are a framework's id and the id of an app or pod, as the tasks' ids have it.
    """

    tasks: Mapping[str, int]
    frameworks: Sequence[tuple[str, str, Mapping[str, int]]]
    left: Sequence[Left]
    specs: Mapping[tuple[str, str], Mapping[str, int]]


def count(
    frameworks: Sequence[Framework], old: Collection[str], new: Collection[str], pools: Pools
) -> Counted:
    """Counts the running tasks; a task on two networks counts under each."""
    total: Counter[str] = Counter(dict.fromkeys([*old, *new, mesos.NO_NETWORK, mesos.UNKNOWN], 0))
    by_spec: dict[tuple[str, str], Counter[str]] = {}
    by_framework = []
    for framework in frameworks:
        own: Counter[str] = Counter()
        for task in framework.tasks:
            labels = task.labels(new, pools)
            own.update(labels)
            by_spec.setdefault((framework.id, task.run_spec or task.name), Counter()).update(labels)
        total.update(own)
        by_framework.append((framework.id, framework.name, dict(sorted(own.items()))))
    unwanted = {*old, mesos.UNKNOWN}
    left = [
        Left(framework, name, {label: number for label, number in sorted(found.items()) if label in unwanted})
        for (framework, name), found in sorted(by_spec.items())
        if not unwanted.isdisjoint(found)
    ]
    specs = {key: dict(sorted(found.items())) for key, found in by_spec.items()}
    return Counted(dict(sorted(total.items())), by_framework, left, specs)
