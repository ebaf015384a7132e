"""From a path to a bundle: its form, its nodes, and what the input is instead where it is none."""

from __future__ import annotations

import json
import os
import re
import stat
import tarfile
import zipfile
from typing import TYPE_CHECKING, Any

from calico_core.errors import InputError
from calico_core.sources import reason
from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.bundle.bundle import LARGEST_LOG, Bundle, Node, Status, Trouble
from calico_migrate.diagnose.bundle.collection_errors import CollectionError, parse_errors
from calico_migrate.diagnose.bundle.directories import Directory
from calico_migrate.diagnose.bundle.members import DamagedError
from calico_migrate.diagnose.bundle.tars import Tar
from calico_migrate.diagnose.bundle.zips import CutZip, Zip

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from calico_migrate.diagnose.bundle.members import Archive, Member

MOST_MEMBERS = 400_000
_LONGEST_NAME = 1024
_IGNORED = re.compile(r"(?:^|/)(?:__MACOSX/|\.DS_Store$|Thumbs\.db$|\._)")
# What only masters have: answers of the master, Marathon and ZooKeeper, lists of resources, their units.
_OF_MASTERS = re.compile(
    r"(?:5050|8080|8123|8181|9000)-|optmesospherebincalicoctl_|dcos-(?:mesos-master|marathon|exhibitor|etcd)\.service"
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_OTHERS = (
    (re.compile(r"(?:^|/)net-runbook|(?:^|/)runbook"), "what dcos-net's runbook collects of one node"),
    (
        re.compile(
            r"(?:^|/)(?:diagnostics/)?(?:netstat|ipsets|route|iptables-save-c|felix\.stack)$|calico-diags"
        ),
        "what `calicoctl node diags` collects",
    ),
    (
        re.compile(r"(?:^|/)(?:dcos_services|pod_status|service_).*\.json$"),
        "a diagnostics bundle of an SDK service",
    ),
)


class NotABundleError(InputError):
    """The input can be read, and is no diagnostics bundle."""


def open_bundle(path: str) -> Bundle:
    """Opens a bundle of any form.

    Raises NotABundleError where it is none, InputError where it cannot be read at all.
    """
    archive = _archive(path)
    try:
        return _bundle(path, archive)
    except BaseException:
        archive.close()
        raise


def _archive(path: str) -> Archive:
    try:
        if os.path.isdir(path):
            return Directory(path, MOST_MEMBERS)
        # Before it is opened: opening a pipe waits for who writes into it.
        if not stat.S_ISREG(os.stat(path).st_mode):
            raise InputError(
                "is no file, and a zip is read from its end; save it and name the file", path=path
            )
        with open(path, "rb") as file:
            head = file.read(512)
    except OSError as error:
        raise InputError(f"cannot be read: {reason(error)}", path=path) from error
    if not head:
        raise NotABundleError("is empty; download the bundle again", path=path)
    if zipfile.is_zipfile(path):
        try:
            return Zip(path)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
            # Its directory is damaged, or of a kind that zipfile does not read: the members' own headers are
            # looked for, and the bundle counts as incomplete.
            pass
    if head.startswith(b"PK\x03\x04"):
        return CutZip(path, MOST_MEMBERS)
    if head.startswith(b"\x1f\x8b") or tarfile.is_tarfile(path):
        try:
            return Tar(path, MOST_MEMBERS)
        except (tarfile.TarError, OSError, EOFError):
            # Not even the first header can be read: what follows says what the file is instead.
            pass
    raise NotABundleError(_instead(head), path=path)


def _instead(head: bytes) -> str:
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if text.startswith((b"<!doctype", b"<html", b"<?xml")):
        return "is a web page and no zip: most often a log-in page; log in and download the bundle again"
    if text.startswith((b"{", b"[")):
        return "is JSON and no zip: most often an error answer; read it, and download the bundle again"
    return "is no zip, tar or directory; name what `dcos diagnostics download` saved"


def _bundle(path: str, archive: Archive) -> Bundle:
    members, troubles = _legitimate(archive.members())
    if not members and not troubles:
        raise NotABundleError(_nothing(archive), path=path)
    if members and all(member.problem == "encrypted" for member in members):
        raise InputError("is encrypted; decrypt it first: a password is never taken here", path=path)
    parts = [(member, member.name.replace("\\", "/").lstrip("/").split("/")) for member in members]
    depth = _depth_of_folders(parts)
    is_cluster = depth is not None
    if depth is None:
        depth = _depth_of_items(parts)
    if depth is None:
        raise NotABundleError(_unknown(members), path=path)
    nodes, root = _sorted(parts, depth, is_cluster=is_cluster, troubles=troubles)
    bundle = Bundle(path, "unknown", archive, nodes, root, {}, (), troubles)
    bundle.form = _form(bundle, is_cluster=is_cluster, is_directory=os.path.isdir(path))
    bundle.statuses = _statuses(bundle)
    if not is_cluster:
        _name_the_node(bundle, nodes[0])
    report = _root_text(bundle, names.ERROR_REPORT)
    bundle.errors = _given_back(parse_errors(report), bundle) if report else ()
    return bundle


def _legitimate(members: Iterable[Member]) -> tuple[list[Member], list[Trouble]]:
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


def _depth_of_folders(parts: Sequence[tuple[Member, list[str]]]) -> int | None:
    for depth in (0, 1, 2):
        if any(len(words) > depth + 1 and names.folder(words[depth]) for _, words in parts):
            return depth
    return None


def _depth_of_items(parts: Sequence[tuple[Member, list[str]]]) -> int | None:
    for depth in (0, 1, 2):
        tops = {tuple(words[:depth]) for _, words in parts}
        if len(tops) > 1:
            return None
        telling = sum(names.is_telling(names.item_of("/".join(words[depth:]))) for _, words in parts)
        if telling >= 2 or any(words[depth:] == [names.COLLECTOR_MARK] for _, words in parts):
            return depth
    return None


def _nothing(archive: Archive) -> str:
    if archive.incomplete:
        return "is a zip whose end is missing, and no member of it can be recovered; download it again"
    return "holds no file"


def _unknown(members: Sequence[Member]) -> str:
    for pattern, what in _OTHERS:
        if any(pattern.search(member.name) for member in members):
            return (
                f"is {what}, not a diagnostics bundle; run `dcos diagnostics create` and name what it makes"
            )
    if any("3dt-health.json" in member.name for member in members):
        return "is a bundle of DC/OS 1.11 or older, which is not read here"
    return "holds no file of a DC/OS diagnostics bundle; run `dcos diagnostics create`, and name the zip"


def _sorted(
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


def _form(bundle: Bundle, *, is_cluster: bool, is_directory: bool) -> str:
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


def _root_text(bundle: Bundle, item: str) -> str:
    """A report at the root, as far as it can be read."""
    member = bundle.root.get(item)
    blocks: list[bytes] = []
    try:
        for block in bundle.stream(member, "", item) if member is not None else ():
            blocks.append(block)
            if len(blocks) > 16:
                break
    except DamagedError:
        pass
    return b"".join(blocks).decode("utf-8", "replace")


def _statuses(bundle: Bundle) -> dict[str, Status]:
    text = _root_text(bundle, names.REPORT)
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


def _name_the_node(bundle: Bundle, node: Node) -> None:
    """Gives the node of a local bundle the address and role that its items say."""
    node.role = names.MASTER if any(map(_OF_MASTERS.match, node.members)) else names.AGENT
    mark = dict(re.findall(r"^(address|role) (\S+)$", _root_text(bundle, names.COLLECTOR_MARK), re.MULTILINE))
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


def _item_text(bundle: Bundle, node: Node, item: str) -> str:
    if item not in node.members:
        return ""
    blocks: list[bytes] = []
    try:
        for block in bundle.stream(node.members[item], node.address, item):
            blocks.append(block)
            if len(blocks) > 16:
                break
    except DamagedError:
        return ""
    return b"".join(blocks).decode("utf-8", "replace")


def _given_back(errors: Sequence[CollectionError], bundle: Bundle) -> list[CollectionError]:
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
