"""The logs of all nodes, each scanned once: in processes of their own where they are large, else when asked
for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from calico_migrate.diagnose.bundle.bundle import LARGEST_LOG, Trouble
from calico_migrate.diagnose.bundle.members import DamagedError
from calico_migrate.diagnose.logs import catalogue
from calico_migrate.diagnose.logs.scanning import scan

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from calico_migrate.diagnose.bundle.bundle import Bundle, Node
    from calico_migrate.diagnose.logs.scanning import Digest

_WORTH_A_PROCESS = 32 << 20
_Result = tuple[str, str, "Digest", list[Trouble]]


class Logs:
    """The digests of a bundle's logs by node and item."""

    def __init__(self, bundle: Bundle) -> None:
        self._bundle = bundle
        self._digests: dict[tuple[str, str], Digest] = {}

    def of(self, node: Node, item: str) -> Digest:
        """A log's digest. Raises UndecidedError where it is not there."""
        key = (node.address, item)
        if key not in self._digests:
            self._bundle.member(node, item)
            self._digests[key] = digest(self._bundle, node, item)
        return self._digests[key]

    def read_ahead(self, jobs: int) -> None:
        """Scans all logs in several processes, where that is worth it."""
        tasks = [
            (node, item) for node in self._bundle.nodes for item in catalogue.BY_ITEM if item in node.members
        ]
        sizes = [max(node.members[item].size, 0) for node, item in tasks]
        if jobs < 2 or sum(sizes) < _WORTH_A_PROCESS or self._bundle.archive.incomplete:
            return
        from concurrent.futures import ProcessPoolExecutor

        shares: list[list[tuple[str, str]]] = [[] for _ in range(jobs * 2)]
        loads = [0] * len(shares)
        for size, (node, item) in sorted(zip(sizes, tasks, strict=True), key=lambda each: -each[0]):
            lightest = loads.index(min(loads))
            loads[lightest] += size + 1
            shares[lightest].append((node.address, item))
        with ProcessPoolExecutor(jobs) as pool:
            for results in pool.map(_scan_share, [self._bundle.path] * len(shares), shares):
                for address, item, found, troubles in results:
                    self._digests[address, item] = found
                    for trouble in troubles:
                        self._bundle.add(trouble)


def digest(bundle: Bundle, node: Node, item: str) -> Digest:
    """Scans one log, up to the size that such a log can have."""
    member = bundle.member(node, item)
    return scan(item, member.name, _bounded(bundle, node, item))


def _bounded(bundle: Bundle, node: Node, item: str) -> Iterator[bytes]:
    member = node.members[item]
    size = 0
    for block in bundle.stream(member, node.address, item):
        size += len(block)
        if size > LARGEST_LOG:
            bundle.add(
                Trouble("too-large", member.name, node.address, item, f"has more than {LARGEST_LOG:,} bytes")
            )
            raise DamagedError("too large")
        yield block


def _scan_share(path: str, share: Sequence[tuple[str, str]]) -> list[_Result]:
    """What a process of its own does: opens the bundle again, and scans its share."""
    from calico_migrate.diagnose.bundle.opening import open_bundle

    bundle = open_bundle(path)
    nodes = {node.address: node for node in bundle.nodes}
    try:
        results: list[_Result] = []
        for address, item in share:
            before = len(bundle.troubles)
            found = digest(bundle, nodes[address], item)
            results.append((address, item, found, bundle.troubles[before:]))
        return results
    finally:
        bundle.archive.close()
