"""``dcos-etcdctl diagnostic``: the health of the own endpoint, and the member list.

Source: dcos/dcos@2.2.1 ``packages/etcd/extra/etcdctl/dcos_etcdctl.py:75-86, 315-322``.
"""

from __future__ import annotations

import json
import re
from typing import Any, NamedTuple

_MEMBERS = re.compile(r"cmd `member list -w json`, exit status: `(\d+)`, stdout: `(.*)`, stderr: ", re.DOTALL)
_HEALTH = re.compile(r"cmd `endpoint health`, exit status: `(\d+)`, stdout: `(.*?)`, stderr: ", re.DOTALL)


class Etcd(NamedTuple):
    """What one master's etcd says: whether it is healthy, and the peers' addresses by member name.

    ``members`` is None where it gave no list; ``line`` is that of the list.
    """

    healthy: bool | None
    members: dict[str, str] | None
    line: int


def parse_etcd(text: str) -> Etcd:
    """Reads the frames; what cannot be read is None."""
    health = _HEALTH.search(text)
    healthy = None if health is None else health[1] == "0" and " is healthy" in health[2]
    frame = _MEMBERS.search(text)
    if frame is None:
        return Etcd(healthy, None, 1)
    line = text.count("\n", 0, frame.start()) + 1
    try:
        value: Any = json.loads(frame[2])
        members = {str(member.get("name") or member.get("ID")): _host(member) for member in value["members"]}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Etcd(healthy, None, line)
    return Etcd(healthy, members, line)


def _host(member: dict[str, Any]) -> str:
    for url in member.get("peerURLs") or ():
        match = re.match(r"https?://\[?([^\]/]+?)\]?(?::\d+)?/?\Z", str(url))
        if match is not None:
            return match[1]
    return ""
