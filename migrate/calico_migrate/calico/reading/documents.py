"""Cuts a file into documents where calicoctl cuts it.

Source: projectcalico/calicoctl v3.14.0 ``calicoctl/util/yaml/separator.go``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_SEPARATOR = "\n---"


class Document(NamedTuple):
    """The span of a document, and where the line that ends it goes on behind its ``---``."""

    start: int
    end: int
    lost: tuple[int, int]


def documents(text: str) -> Iterator[Document]:
    """The documents, cut as calicoctl cuts them: at each line that begins with ``---``."""
    start = 1 if text.startswith("\ufeff") else 0
    while True:
        cut = text.find(_SEPARATOR, start)
        if cut < 0:
            yield Document(start, len(text), (len(text), len(text)))
            return
        rest = cut + len(_SEPARATOR)
        after = text.find("\n", rest)
        end = len(text) if after < 0 else after
        yield Document(start, cut, (rest, end))
        if after < 0:
            return
        start = after + 1
