"""A bundle: its form, its nodes with their items, what is wrong with it, and the way to an item's bytes."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.bundle.members import BLOCK, DamagedError
from calico_migrate.diagnose.bundle.undecided import Reason, UndecidedError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from calico_migrate.diagnose.bundle.collection_errors import CollectionError
    from calico_migrate.diagnose.bundle.members import Archive, Member

LARGEST_DOCUMENT = 64 << 20
LARGEST_OUTPUT = 16 << 20
LARGEST_LOG = 1 << 30


class Trouble(NamedTuple):
    """Something wrong with a member: its name, what it is to which node, and in words what is wrong.

    ``kind`` is ``cut``, ``twice``, ``unreadable``, ``too-large`` or ``foreign``.
    """

    kind: str
    name: str
    address: str
    item: str
    why: str


class Content(NamedTuple):
    """An item's bytes: ``name`` is the member's in the archive, ``cut`` says that they end early."""

    name: str
    data: bytes
    cut: bool


@dataclass
class Node:
    """A node whose items are in the bundle: its address, its role, and its members by item."""

    address: str
    role: str
    members: dict[str, Member] = field(default_factory=dict)


class Status(NamedTuple):
    """What ``report.json`` says of a node."""

    word: str
    error: str


@dataclass
class Bundle:
    """An opened bundle.

    ``form`` is one of the report's; ``root`` has the members beside the nodes' folders. ``errors`` are
    those of the collectors, ``statuses`` those of ``report.json`` by address. ``troubles`` grows while
    items are read.
    """

    path: str
    form: str
    archive: Archive
    nodes: list[Node]
    root: Mapping[str, Member]
    statuses: Mapping[str, Status]
    errors: Sequence[CollectionError]
    troubles: list[Trouble]
    release: tuple[int, ...] | None = None

    @property
    def single(self) -> bool:
        """Whether it holds one node only, by its form."""
        return self.form in ("node", "collector") or (self.form == "directory" and len(self.nodes) == 1)

    def has(self, node: Node, item: str) -> bool:
        """Whether the item is there."""
        return item in node.members

    def failure(self, node: Node, item: str) -> CollectionError | None:
        """The collector's error about an item of a node that is not there."""
        if item in node.members or not names.on_role(item, node.role):
            return None
        return next(
            (error for error in self.errors if error.item == item and error.address in ("", node.address)),
            None,
        )

    def why_missing(self, node: Node, item: str) -> Reason:
        """The reason for which an item of a node is not there."""
        if self.failure(node, item) is not None:
            return Reason.FAILED
        if not names.is_collected(item, node.role, self.release):
            return Reason.NOT_COLLECTED
        return Reason.CUT if self.archive.incomplete else Reason.ABSENT

    def member(self, node: Node, item: str) -> Member:
        """The item's member; raises UndecidedError where it is not there."""
        member = node.members.get(item)
        if member is None:
            raise UndecidedError(item, self.why_missing(node, item))
        return member

    def read(self, node: Node, item: str) -> Content:
        """A small item, whole. Raises UndecidedError where it is missing, cut or too large."""
        content = self.read_as_far(node, item)
        if content.cut:
            raise UndecidedError(item, Reason.CUT)
        return content

    def read_as_far(self, node: Node, item: str) -> Content:
        """A small item, as far as it goes. Raises UndecidedError where nothing of it can be read."""
        member = self.member(node, item)
        document = item.endswith((".json", "_-o_yaml.output"))
        limit = LARGEST_DOCUMENT if document else LARGEST_OUTPUT
        blocks: list[bytes] = []
        size = 0
        cut = False
        try:
            for block in self.stream(member, node.address, item):
                size += len(block)
                if size > limit:
                    self.add(
                        Trouble(
                            "too-large", member.name, node.address, item, f"has more than {limit:,} bytes"
                        )
                    )
                    raise UndecidedError(item, Reason.TOO_LARGE)
                blocks.append(block)
        except DamagedError:
            if not blocks:
                raise UndecidedError(item, Reason.CUT) from None
            cut = True
        # The collector says so where the stream broke; without a name it is the one whose item ends early.
        return Content(member.name, b"".join(blocks), cut or self._is_said_to_be_cut(node, item))

    def _is_said_to_be_cut(self, node: Node, item: str) -> bool:
        said = [error for error in self.errors if error.cut and error.item == item]
        if not said or item.endswith(".json"):
            # A document that ends early does not parse, which says more than a report without a node.
            return False
        return any(error.address in ("", node.address) for error in said)

    def stream(self, member: Member, address: str = "", item: str = "") -> Iterator[bytes]:
        """A member's bytes in blocks, inflated once more where its name ends in ``.gz`` and its item's does
        not.

        Raises DamagedError behind the last good byte, and notes the trouble.
        """
        if member.problem:
            raise DamagedError(member.problem)
        blocks = self.archive.blocks(member)
        if member.name.endswith(".gz") and not item.endswith(".gz"):
            blocks = _gunzipped(blocks)
        try:
            yield from blocks
        except DamagedError as error:
            kind = "unreadable" if "CRC" in str(error) or "password" in str(error) else "cut"
            self.add(Trouble(kind, member.name, address, item, str(error)))
            raise

    def add(self, trouble: Trouble) -> None:
        """Notes a trouble, once."""
        if trouble not in self.troubles:
            self.troubles.append(trouble)


def _gunzipped(blocks: Iterator[bytes]) -> Iterator[bytes]:
    engine = zlib.decompressobj(31)
    begun = False
    for packed in blocks:
        while packed:
            begun = True
            try:
                block = engine.decompress(packed, BLOCK)
            except zlib.error as error:
                raise DamagedError(f"the gzip stream is damaged: {error}") from error
            if block:
                yield block
            packed = engine.unconsumed_tail
            if engine.eof:
                packed = engine.unused_data
                engine = zlib.decompressobj(31)
                begun = False
    if begun:
        rest = engine.flush()
        if rest:
            yield rest
        if not engine.eof:
            raise DamagedError("the gzip stream ends early")
