"""What is sent of a package."""

from __future__ import annotations

from calico_migrate.cluster.edits import BodyEdit
from calico_migrate.cluster.kinds.look import Look
from calico_migrate.cluster.kinds.packages import PackageKind
from calico_migrate.cluster.planning.document import Item, Roll


def item(*edits: BodyEdit) -> Item:
    roll = Roll(1, 1, 1, {})
    return Item("cosmos:/a", "package", "cosmos", "/a", "a", "", None, "", "", edits, roll, (), (), ())


def test_only_what_changes_is_sent_and_a_list_as_a_whole() -> None:
    content = {"options": {"s": {"name": "calico", "cpus": 1, "nets": [{"name": "calico"}, {"name": "x"}]}}}
    moved = item(
        BodyEdit("/options/s/name", "dcos", "calico", "r"),
        BodyEdit("/options/s/nets/0/name", "dcos", "calico", "r"),
    )
    assert PackageKind().payload(moved, Look({}, {}, ""), content) == {
        "appId": "/a",
        "options": {"s": {"name": "calico", "nets": [{"name": "calico"}, {"name": "x"}]}},
        "replace": False,
    }
