"""From a path to a bundle, and what the input is instead where it is none."""

from __future__ import annotations

import os
import re
import stat
import tarfile
import zipfile
from typing import TYPE_CHECKING

from calico_core.errors import InputError
from calico_core.sources import reason
from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.bundle.bundle import Bundle, Trouble
from calico_migrate.diagnose.bundle.collection_errors import parse_errors
from calico_migrate.diagnose.bundle.directories import Directory
from calico_migrate.diagnose.bundle.own_account import form, given_back, name_the_node, root_text, statuses
from calico_migrate.diagnose.bundle.sorting import by_node, depth_of_folders, depth_of_items, legitimate
from calico_migrate.diagnose.bundle.tars import Tar
from calico_migrate.diagnose.bundle.zips import CutZip, Zip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calico_migrate.diagnose.bundle.members import Archive, Member

MOST_MEMBERS = 400_000
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
        except (
            zipfile.BadZipFile,
            OSError,
            ValueError,  # A name that is marked as UTF-8, and is none.
            NotImplementedError,  # A member that needs a newer version of the format than zipfile reads.
        ):
            # The members' own headers are looked for, and the bundle counts as incomplete.
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
    members, troubles = legitimate(archive.members())
    troubles += [Trouble("unreadable", name, "", name, why) for name, why in archive.unlisted]
    if not members and not troubles:
        raise NotABundleError(_nothing(archive), path=path)
    if members and all(member.problem == "encrypted" for member in members):
        raise InputError("is encrypted; decrypt it first: a password is never taken here", path=path)
    parts = [(member, member.name.replace("\\", "/").lstrip("/").split("/")) for member in members]
    depth = depth_of_folders(parts)
    is_cluster = depth is not None
    if depth is None:
        depth = depth_of_items(parts)
    if depth is None:
        raise NotABundleError(_unknown(members), path=path)
    nodes, root = by_node(parts, depth, is_cluster=is_cluster, troubles=troubles)
    bundle = Bundle(path, "unknown", archive, nodes, root, {}, (), troubles)
    bundle.form = form(bundle, is_cluster=is_cluster, is_directory=os.path.isdir(path))
    bundle.statuses = statuses(bundle)
    if not is_cluster:
        name_the_node(bundle, nodes[0])
    report = root_text(bundle, names.ERROR_REPORT)
    bundle.errors = given_back(parse_errors(report), bundle) if report else ()
    return bundle


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
