"""The kinds that there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calico_migrate.cluster.kinds.balancers import BalancerKind
from calico_migrate.cluster.kinds.jobs import JobKind
from calico_migrate.cluster.kinds.packages import PackageKind
from calico_migrate.cluster.kinds.run_specs import AppKind, PodKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from calico_migrate.cluster.ids import Kind
    from calico_migrate.cluster.kinds.kind import ItemKind
    from calico_migrate.cluster.planning.document import Item

KINDS: Mapping[Kind, ItemKind] = {
    "app": AppKind(),
    "pod": PodKind(),
    "job": JobKind(),
    "package": PackageKind(),
    "edgelb-pool": BalancerKind(),
}


def of(item: Item) -> ItemKind:
    """The kind of an item."""
    return KINDS[item.kind]
