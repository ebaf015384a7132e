"""What a bundle says of itself: its form, the nodes' states, which node it is of, what was not collected."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.bundle.bundle import Status
from calico_migrate.diagnose.bundle.members import DamagedError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calico_migrate.diagnose.bundle.bundle import Bundle, Node
    from calico_migrate.diagnose.bundle.collection_errors import CollectionError
    from calico_migrate.diagnose.bundle.members import Member

_MOST_BLOCKS = 16
# What only masters have: answers of the master, Marathon and ZooKeeper, lists of resources, their units.
_OF_MASTERS = re.compile(
    r"(?:5050|8080|8123|8181|9000)-|optmesospherebincalicoctl_|dcos-(?:mesos-master|marathon|exhibitor|etcd)\.service"
)


def form(bundle: Bundle, *, is_cluster: bool, is_directory: bool) -> str:
    """``collector``, ``directory``, ``node``, ``cluster`` or ``legacy``."""
    if names.COLLECTOR_MARK in bundle.root or any(
        names.COLLECTOR_MARK in node.members for node in bundle.nodes
    ):
        return "collector"
    if is_directory:
        return "directory"
    if not is_cluster:
        return "node"
    if names.REPORT in bundle.root:
        return "cluster"
    if names.SUMMARY_REPORT in bundle.root:
        return "legacy"
    compressed = any(
        member.name.endswith(".service.gz") for node in bundle.nodes for member in node.members.values()
    )
    return "legacy" if compressed else "cluster"


def root_text(bundle: Bundle, item: str) -> str:
    """A report at the root, as far as it can be read; empty where it is missing."""
    text, _ = _text(bundle, bundle.root.get(item), "", item)
    return text


def _item_text(bundle: Bundle, node: Node, item: str) -> str:
    """An item of a node; empty where it is missing or damaged."""
    text, is_damaged = _text(bundle, node.members.get(item), node.address, item)
    return "" if is_damaged else text


def _text(bundle: Bundle, member: Member | None, address: str, item: str) -> tuple[str, bool]:
    """The beginning of a member, and whether it is damaged from somewhere on."""
    blocks: list[bytes] = []
    is_damaged = False
    try:
        for block in bundle.stream(member, address, item) if member is not None else ():
            blocks.append(block)
            if len(blocks) > _MOST_BLOCKS:
                break
    except DamagedError:
        is_damaged = True
    return b"".join(blocks).decode("utf-8", "replace"), is_damaged


def statuses(bundle: Bundle) -> dict[str, Status]:
    """What the report says of the collection on each node, by address; empty where there is no report."""
    text = root_text(bundle, names.REPORT)
    try:
        value: Any = json.loads(text) if text else {}
    except (ValueError, RecursionError):
        return {}
    nodes = value.get("nodes") if isinstance(value, dict) else None
    return {
        address: Status(str(entry.get("status", "")), str(entry.get("error", "")))
        for address, entry in (nodes.items() if isinstance(nodes, dict) else ())
        if isinstance(entry, dict)
    }


def name_the_node(bundle: Bundle, node: Node) -> None:
    """Gives the node of a local bundle the address and role that its items say."""
    node.role = names.MASTER if any(map(_OF_MASTERS.match, node.members)) else names.AGENT
    mark = dict(re.findall(r"^(address|role) (\S+)$", root_text(bundle, names.COLLECTOR_MARK), re.MULTILINE))
    text = _item_text(bundle, node, names.HEALTH)
    try:
        health = json.loads(text) if text else {}
    except (ValueError, RecursionError):
        health = {}
    if isinstance(health, dict):
        role = health.get("node_role")
        node.role = role if role in names.ROLES else node.role
        node.address = str(health.get("ip") or "")
    role = mark.get("role", "")
    node.role = role if role in names.ROLES else node.role
    lines = _item_text(bundle, node, names.DETECT_IP).split()
    node.address = mark.get("address") or node.address or (lines[0] if lines else "") or "unknown"


def given_back(errors: Sequence[CollectionError], bundle: Bundle) -> list[CollectionError]:
    """The errors with the nodes that they are about, where that can be told.

    A merged report has no node. An item that could not be collected is one that is missing: where as many
    nodes lack it as the report has entries of it, each of those nodes has one.
    """
    found: list[CollectionError] = []
    waiting: dict[str, list[CollectionError]] = {}
    for error in errors:
        if error.address:
            found.append(error)
        elif bundle.single:
            found.append(error._replace(address=bundle.nodes[0].address))
        else:
            waiting.setdefault(error.item, []).append(error)
    for item, entries in waiting.items():
        missing = [error for error in entries if not error.cut]
        lacking = [
            node.address
            for node in bundle.nodes
            if item not in node.members and names.on_role(item, node.role)
        ]
        if len(missing) >= len(lacking):
            found += [
                error._replace(address=address) for error, address in zip(missing, lacking, strict=False)
            ]
            missing = missing[len(lacking) :]
        found += missing
        cut = [error for error in entries if error.cut]
        having = [node.address for node in bundle.nodes if item in node.members]
        found += [error._replace(address=having[0]) if len(having) == 1 else error for error in cut]
    return found
