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
        text = _head(bundle, address, item, member)
        if text and _holds(text):
            found.append(member.name)
    return found


def _members(bundle: Bundle) -> Iterator[tuple[str, str, Member]]:
    for node in bundle.nodes:
        for item, member in node.members.items():
            yield node.address, item, member


def _head(bundle: Bundle, address: str, item: str, member: Member) -> str:
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
    return b"".join(blocks)[:_READ].decode("utf-8", "replace").replace("\0", "\n")


_HINTS = re.compile(
    r"(?i)pass|secret|token|apikey|api_key|auth|credential|cookie|private|PRIVATE KEY|://[^/\s:@]+:[^/\s@]+@|eyJ[A-Za-z0-9]"
)


_MASKED = re.compile(r"['\"]?\*+['\"]?,?\s*\Z")


def _holds(text: str) -> bool:
    """Whether the blotter finds a named secret, user info in a URL, a key or a token in some line."""
    return any(
        _HINTS.search(line) and not _MASKED.search(line) and blotted(line[:4000]) != line[:4000]
        for line in text.splitlines()[:20_000]
    )
