"""The collectors' error report: which item of which node could not be collected.

The merged report of a cluster bundle has neither line ends between its entries nor the node
(dcos/dcos-diagnostics@4a97a0e ``api/rest/coordinator.go:209-268``); the legacy one has a URL with the node's
address in each (``fetcher.go:180-215``).
"""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from calico_migrate.diagnose.bundle.names import item_of

_ENTRY = re.compile(r"(?=could not (?:collect|copy) )")
_COLLECT = re.compile(r"could not collect (.+?): (.*)\Z", re.DOTALL)
_COPY = re.compile(r"could not copy (.+?) data to zip: (.*)\Z", re.DOTALL)
_LEGACY = re.compile(r"\[(https?://[^\]\s]+)\] (could not .*|.*error.*)", re.IGNORECASE)
_OWN_NAME = re.compile(r"/system/health/v1/logs/[a-z]+/(.+)\Z")


class CollectionError(NamedTuple):
    """One entry: the item, the reason in the collector's words, and the node's address where it is known.

    ``cut`` says that the item is there and ends early. ``line`` is the entry's line in the report, from 1.
    """

    item: str
    reason: str
    cut: bool
    address: str
    line: int

    @property
    def timed_out(self) -> bool:
        """Whether the collector ran out of time, which says nothing about what it asked."""
        return "signal: killed" in self.reason or "context deadline exceeded" in self.reason


def parse_errors(text: str) -> list[CollectionError]:
    """The entries of a report of either form, in order."""
    found: list[CollectionError] = []
    line = 1
    for part in _ENTRY.split(text):
        found += _entries(part, line)
        line += part.count("\n")
    return found


def _entries(part: str, line: int) -> list[CollectionError]:
    legacy = list(_LEGACY.finditer(part))
    if legacy and not part.startswith("could not co"):
        return [
            CollectionError(
                _name_of(match[1]), match[2].strip(), False, urlsplit(match[1]).hostname or "", number
            )
            for number, row in enumerate(part.splitlines(), line)
            if (match := _LEGACY.search(row)) is not None
        ]
    match = _COPY.match(part)
    if match is not None:
        return [CollectionError(item_of(match[1]), match[2].strip(), True, "", line)]
    match = _COLLECT.match(part)
    if match is not None:
        return [CollectionError(item_of(match[1]), match[2].strip(), False, "", line)]
    return []


def _name_of(url: str) -> str:
    parts = urlsplit(url)
    own = _OWN_NAME.search(parts.path)
    if own is not None:
        return item_of(unquote(own[1]))
    path = re.sub(r"[^A-Za-z0-9_-]", "_", unquote(parts.path).lstrip("/"))
    return item_of(f"{parts.port or 80}-{path}.json")
