"""Writes a cluster's bundle in any form, as the makers of bundles do."""

from __future__ import annotations

import gzip
import json
import zipfile
from typing import TYPE_CHECKING

from tests.migrate.diagnose.bundles.items import items_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from tests.migrate.diagnose.bundles.cluster import Cluster, Node

FORMS = ("cluster", "legacy", "node", "directory")
# What the legacy API compresses by itself only where the answer was compressed.
_AS_IT_IS = (".json",)


def files_of(cluster: Cluster) -> dict[str, dict[str, str]]:
    """The items of every node that was collected, by the node's folder, with all changes made."""
    found = {}
    for node in cluster.nodes:
        if node.address in cluster.missing_nodes:
            continue
        items: dict[str, str | None] = dict(items_of(cluster, node))
        for address, item, how in cluster.changes:
            if address in ("", node.address) and items.get(item) is not None:
                items[item] = how(str(items[item]))
        found[node.folder] = {name: text for name, text in items.items() if text is not None}
    return found


def write_bundle(path: Path, cluster: Cluster, form: str = "cluster", *, node: Node | None = None,
                 rename: Callable[[str], str] = lambda name: name) -> Path:  # fmt: skip
    """Writes a bundle; for form ``node`` the one of ``node``, else of the first master."""
    files = files_of(cluster)
    if form == "node":
        one = node or cluster.masters[0]
        members = {rename(name): text.encode() for name, text in files[one.folder].items()}
        errors = _glued(cluster, one.address)
        if errors:
            members["summaryErrorsReport.txt"] = errors.encode()
        _zip(path, members)
        return path
    members = {}
    if form != "legacy":
        statuses: dict[str, object] = {each.address: {"status": "Done"} for each in cluster.nodes}
        statuses |= {address: {"status": "Failed", "error": error} for address, error in cluster.missing_nodes.items()
                     if error}  # fmt: skip
        for address, error in cluster.missing_nodes.items():
            if not error:
                del statuses[address]
        members["report.json"] = json.dumps({"id": "u-u-i-d", "nodes": statuses}).encode()
    else:
        members["summaryReport.txt"] = b"[START collecting logs]\n"
    for folder, items in files.items():
        for name, text in items.items():
            data = text.encode()
            if form == "legacy" and not name.endswith(_AS_IT_IS):
                members[f"{folder}/{rename(name)}.gz"] = gzip.compress(data, mtime=0)
            else:
                members[f"{folder}/{rename(name)}"] = data
    errors = _legacy(cluster) if form == "legacy" else _glued(cluster)
    if errors:
        members["summaryErrorsReport.txt"] = errors.encode()
    if form == "directory":
        for name, data in members.items():
            target = path / name.replace(":", "_").replace("|", "_").replace("*", "_")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        return path
    _zip(path, members)
    return path


def _glued(cluster: Cluster, only: str = "") -> str:
    """The merged report: nothing between the entries, and no node."""
    return "".join(
        f"could not copy {item} data to zip: {reason}" if cut else f"could not collect {item}: {reason}"
        for address, item, reason, cut in cluster.errors
        if only in ("", address)
    )


def _legacy(cluster: Cluster) -> str:
    return "".join(
        f"2020-06-01 12:34:56.1 +0000 UTC [http://{address}:1050/system/health/v1/logs/cmds/{item}] could not get from"
        f' url: unable to fetch URL. Return code 503. Body: {{"status":"{reason}"}}\n'
        for address, item, reason, _ in cluster.errors
    )


def _zip(path: Path, members: Mapping[str, bytes]) -> None:
    """Deflated, with streaming headers and without times, as Go writes."""
    with open(path, "wb") as file, zipfile.ZipFile(_Unseekable(file), "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[call-overload]
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)


class _Unseekable:
    """A stream that cannot go back, so that sizes come behind the data."""

    def __init__(self, file: object) -> None:
        self._file = file

    def write(self, data: bytes) -> int:
        return self._file.write(data)  # type: ignore[attr-defined, no-any-return]

    def flush(self) -> None:
        self._file.flush()  # type: ignore[attr-defined]
