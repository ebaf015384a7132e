"""What a snapshot holds and what it could not get: ``MANIFEST.json``, written last."""

from __future__ import annotations

import hashlib
import json
import os
from json.encoder import encode_basestring_ascii
from typing import TYPE_CHECKING, Any, NamedTuple

from calico_core import sources
from calico_core.errors import InputError
from calico_core.json import scanning
from calico_core.legible import quoted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from calico_migrate.cluster.identity import Identity

MANIFEST = "MANIFEST.json"
CLUSTER = "cluster.json"
VERSION = 1


class Part(NamedTuple):
    """One answer: its URL, and its bytes, or why there are none.

    ``state`` is empty for what was read, ``absent`` for a 404, ``unread`` for every other failure.
    """

    url: str
    body: bytes | None
    status: int | None = None
    state: str = ""
    why: str = ""

    def to_json(self) -> dict[str, Any]:
        """As it stands in the manifest."""
        if self.body is None:
            return {"url": self.url, "state": self.state, "why": self.why}
        digest = hashlib.sha256(self.body).hexdigest()
        return {"url": self.url, "status": self.status, "sha256": digest, "bytes": len(self.body)}


class Snapshot(NamedTuple):
    """A snapshot as it was read back.

    ``cluster`` is ``cluster.json``; ``sha256`` the manifest's; ``bodies`` the texts of what was read by its
    path; ``missing`` the state of what was not, and why.
    """

    path: str
    cluster: Mapping[str, Any]
    taken: str
    sha256: str
    bodies: Mapping[str, str]
    missing: Mapping[str, tuple[str, str]]


def manifest(taken: str, parts: Mapping[str, Part]) -> bytes:
    """The bytes of ``MANIFEST.json``."""
    return to_bytes(
        {"version": VERSION, "taken": taken, "parts": {path: parts[path].to_json() for path in sorted(parts)}}
    )


def cluster_file(identity: Identity, taken: str, tool: str, user: str) -> bytes:
    """The bytes of ``cluster.json``."""
    return to_bytes({**identity.to_json(), "taken": taken, "tool": tool, "user": user})


def to_bytes(document: Any) -> bytes:
    """JSON as all files of a migration have it: keys sorted, indented by 1, a final newline."""
    return (_indented(document, "\n") + "\n").encode("ascii")


def _indented(value: Any, line: str) -> str:
    """What ``json.dumps(value, indent=1, sort_keys=True)`` writes, in a third of its time."""
    if isinstance(value, str):
        return encode_basestring_ascii(value)
    if value is None:
        return "null"
    if type(value) is int:
        return str(value)
    if not value or not isinstance(value, (dict, list)):
        return json.dumps(value)
    below = line + " "
    if isinstance(value, dict):
        members = [f"{encode_basestring_ascii(key)}: {_indented(value[key], below)}" for key in sorted(value)]
        return f"{{{below}{(',' + below).join(members)}{line}}}"
    elements = [_indented(each, below) for each in value]
    return f"[{below}{(',' + below).join(elements)}{line}]"


def load(directory: str) -> Snapshot:
    """Reads a snapshot back.

    Raises InputError where there is none, where it is not complete, or where a file is not the one that was
    written.
    """
    path = os.path.join(directory, MANIFEST)
    if not os.path.isdir(directory):
        what = "is no snapshot" if os.path.exists(directory) else "there is no such directory"
        raise InputError(f"{what}; name a directory that `cluster snapshot` wrote", path=directory)
    if not os.path.exists(path):
        raise InputError(
            f"is no whole snapshot: it has no {MANIFEST}, which is written last; take it again",
            path=directory,
        )
    data, _ = sources.read_bytes(path)
    document = _object(path, data)
    if document.get("version") != VERSION:
        raise InputError(
            f"has the version {quoted(str(document.get('version')))}, and this tool reads {VERSION}",
            path=path,
        )
    parts = document.get("parts")
    if not isinstance(parts, dict) or not isinstance(document.get("taken"), str):
        raise InputError("is no manifest of a snapshot: `parts` or `taken` is missing", path=path)
    bodies: dict[str, str] = {}
    missing: dict[str, tuple[str, str]] = {}
    for name, part in parts.items():
        if not isinstance(part, dict) or not is_part_name(name):
            raise InputError(f"its part {quoted(name)} is none", path=path)
        if "state" in part:
            missing[name] = (str(part["state"]), str(part.get("why", "")))
        else:
            bodies[name] = _body(os.path.join(directory, *name.split("/")), part)
    cluster_path = os.path.join(directory, CLUSTER)
    cluster = _object(cluster_path, sources.read_bytes(cluster_path)[0])
    return Snapshot(directory, cluster, document["taken"], hashlib.sha256(data).hexdigest(), bodies, missing)


def is_part_name(name: str) -> bool:
    """Whether a part's path stays below the snapshot."""
    return bool(name) and all(
        step and not step.startswith(".") and step.isprintable() and "\\" not in step
        for step in name.split("/")
    )


def _body(path: str, part: Mapping[str, Any]) -> str:
    data, _ = sources.read_bytes(path)
    if hashlib.sha256(data).hexdigest() != part.get("sha256"):
        raise InputError(
            "is not the file that was written: its SHA-256 differs from the manifest's; take the snapshot"
            " again",
            path=path,
        )
    return sources.decode(path, data)


def _object(path: str, data: bytes) -> Mapping[str, Any]:
    text = sources.decode(path, data)
    try:
        value, end = scanning.scan(text, scanning.begin(text))
        scanning.finish(text, end)
    except InputError as error:
        raise InputError(error.message, path=path, line=error.line, column=error.column) from None
    if not isinstance(value, dict):
        raise InputError("is no JSON object", path=path)
    return value
