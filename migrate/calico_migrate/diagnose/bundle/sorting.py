"""Which members of an archive belong to which node: their names, and how deep the nodes' folders are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.bundle.bundle import LARGEST_LOG, Node, Trouble

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from calico_migrate.diagnose.bundle.members import Member

_LONGEST_NAME = 1024
_IGNORED = re.compile(r"(?:^|/)(?:__MACOSX/|\.DS_Store$|Thumbs\.db$|\._)")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def legitimate(members: Iterable[Member]) -> tuple[list[Member], list[Trouble]]:
    """The members with names that stay in their folder, and a trouble for each other one."""
    kept: list[Member] = []
    troubles: list[Trouble] = []
    for member in members:
        name = member.name.replace("\\", "/")
        if _IGNORED.search(name):
            continue
        why = ""
        if _CONTROL.search(name):
            why = "its name holds control characters"
        elif name.startswith("/") or re.match(r"[A-Za-z]:/", name):
            why = "its name is absolute"
        elif ".." in name.split("/"):
            why = "its name leaves its folder"
        elif len(name) > _LONGEST_NAME:
            why = f"its name has more than {_LONGEST_NAME} characters"
        if why:
            if len(troubles) < 1000:
                troubles.append(Trouble("foreign", member.name[:200], "", "", why))
        else:
            kept.append(member)
    return kept, troubles


def depth_of_folders(parts: Sequence[tuple[Member, list[str]]]) -> int | None:
    """How many folders are around those of the nodes; None where there are no folders of nodes."""
    for depth in (0, 1, 2):
        if any(len(words) > depth + 1 and names.folder(words[depth]) for _, words in parts):
            return depth
    return None


def depth_of_items(parts: Sequence[tuple[Member, list[str]]]) -> int | None:
    """How many folders are around the items of one node; None where they are no items of a bundle."""
    for depth in (0, 1, 2):
        tops = {tuple(words[:depth]) for _, words in parts}
        if len(tops) > 1:
            return None
        telling = sum(names.is_telling(names.item_of("/".join(words[depth:]))) for _, words in parts)
        if telling >= 2 or any(words[depth:] == [names.COLLECTOR_MARK] for _, words in parts):
            return depth
    return None


def by_node(
    parts: Sequence[tuple[Member, list[str]]], depth: int, *, is_cluster: bool, troubles: list[Trouble]
) -> tuple[list[Node], dict[str, Member]]:
    """The nodes with their items, and what stands beside them; a second member of a name is a trouble."""
    nodes: dict[tuple[str, str], Node] = {}
    root: dict[str, Member] = {}
    if not is_cluster:
        nodes["", ""] = Node("", "")
    for member, words in parts:
        address, role = "", ""
        inner = words[depth:]
        if is_cluster:
            if len(words) <= depth:
                continue
            found = names.folder(words[depth]) if len(words) > depth + 1 else None
            if found is None:
                _place(root, "/".join(inner), member, "", troubles)
                continue
            address, role = found
            inner = words[depth + 1 :]
        item = names.item_of("/".join(inner))
        if item in (names.ERROR_REPORT, names.SUMMARY_REPORT, names.COLLECTOR_MARK) and not is_cluster:
            _place(root, item, member, "", troubles)
            continue
        node = nodes.setdefault((address, role), Node(address, role))
        _place(node.members, item, member, address, troubles)
    return sorted(
        nodes.values(), key=lambda node: (names.ROLES.index(node.role or names.AGENT), _key(node))
    ), root


def _key(node: Node) -> tuple[int, ...] | tuple[str]:
    numbers = re.findall(r"\d+", node.address)
    return tuple(int(number) for number in numbers) if numbers else (node.address,)


def _place(
    items: dict[str, Member], item: str, member: Member, address: str, troubles: list[Trouble]
) -> None:
    before = items.get(item)
    if member.problem and item in names.ALL:
        troubles.append(Trouble("unreadable", member.name, address, item, member.problem))
    elif member.size > LARGEST_LOG and item not in names.ALL:
        troubles.append(
            Trouble(
                "too-large",
                member.name,
                address,
                item,
                f"has more than {LARGEST_LOG:,} bytes by its own account",
            )
        )
    if before is not None and before.name == member.name and before[1::2] != member[1::2]:
        troubles.append(
            Trouble("twice", member.name, address, item, "is there more than once; the last one counts")
        )
    if before is not None and before.name != member.name and not before.name.endswith(".gz"):
        # Beside a compressed item the plain one counts.
        return
    items[item] = member
