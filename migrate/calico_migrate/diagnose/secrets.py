"""Which members of a bundle hold secrets, so that nobody mails them on unawares."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from calico_core.secrets import blotted
from calico_migrate.diagnose.bundle.members import DamagedError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calico_migrate.diagnose.bundle.bundle import Bundle
    from calico_migrate.diagnose.bundle.members import Member

# The environments of processes and apps, command lines, parameters, credentials of ZooKeeper.
_PLACES = re.compile(
    r"environ\.output|\d+-(?:v2_(?:apps|groups|pods|tasks|queue|deployments)|v1_jobs|master_(?:state|tasks|frameworks|flags)"
    r"|state|flags|containers)\.json|user\.config\.yaml|expanded\.config\.json|ps_aux|docker_ps|zoo\.cfg|dcos-\S+\.service"
)
_READ = 1 << 20


def holders(bundle: Bundle) -> list[str]:
    """The members in which something was found that looks like a secret, in their order.

    Of each the first megabyte is looked at.
    """
    found: list[str] = []
    for address, item, member in _members(bundle):
        if member.problem or not _PLACES.search(item):
            continue
        if _holds(_head(bundle, address, item, member)):
            found.append(member.name)
    return found


def _members(bundle: Bundle) -> Iterator[tuple[str, str, Member]]:
    for node in bundle.nodes:
        for item, member in node.members.items():
            yield node.address, item, member


def _head(bundle: Bundle, address: str, item: str, member: Member) -> bytes:
    blocks: list[bytes] = []
    size = 0
    try:
        for block in bundle.stream(member, address, item):
            blocks.append(block)
            size += len(block)
            if size >= _READ:
                break
    except DamagedError:
        pass
    return b"".join(blocks)[:_READ].replace(b"\0", b"\n")


_HINTS = (
    *(b"pass", b"secret", b"token", b"apikey", b"api_key", b"api-key"),
    *(b"auth", b"credential", b"cookie", b"private", b"://", b"eyj"),
)
_MASKED = re.compile(r"['\"]?\*+['\"]?,?\s*\Z")


def _holds(data: bytes) -> bool:
    """Whether the blotter finds a named secret, user info in a URL, a key or a token in some line."""
    lowered = data.lower()
    for hint in _HINTS:
        at = lowered.find(hint)
        tried = 0
        while at >= 0 and tried < _TRIED:
            tried += 1
            start, end = data.rfind(b"\n", 0, at) + 1, data.find(b"\n", at)
            line = data[start : end if end >= 0 else len(data)]
            if len(line) > _LONGEST:
                # A document on one line: what stands around the word.
                line = data[max(start, at - _LONGEST // 4) : at + _LONGEST]
            text = line.decode("utf-8", "replace")
            if not _MASKED.search(text) and blotted(text) != text:
                return True
            at = lowered.find(hint, at + _LONGEST // 2 if end < 0 else max(end, at + 1))
    return False


_LONGEST = 2000
_TRIED = 200
