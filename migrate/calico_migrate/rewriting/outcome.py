"""What became of one file: its report, its text, and the edits that were planned and verified."""

# No annotations as texts here: `NamedTuple` would compile each at every start.
from collections.abc import Callable, Sequence
from typing import NamedTuple

from calico_core.report import FileReport
from calico_core.sources import Fingerprint
from calico_core.spans import Edit, Lines, Spliced
from calico_migrate.rewriting.inputs import Input


class Part(NamedTuple):
    """Edits that only go together: those of one definition (by a number) for one new network.

    Edits for no network go where all others of their definition do.
    """

    definition: int
    network: str | None


WHOLE = Part(0, None)
"""The part of each edit of a file whose edits only go together."""


class Outcome(NamedTuple):
    """One file's result, ready to be shown or written.

    ``text`` is what was read (None where nothing could be), ``after`` the verified new text, None where
    the file stays as it is or nobody asked for it. ``edits`` turn the one into the other. ``lines`` are
    those of the text, where they are known. ``rebuild`` makes and proves the new text of some of the edits,
    None where they only go together; ``parts`` says of each edit that is reported, in the order of their
    places, which others go with it. ``group`` is what the files have in common whose edits only go together
    too, empty for a file that stands alone. Without ``has_pools`` no Edge-LB pool is in the text.
    """

    input: Input
    report: FileReport
    text: str | None = None
    edits: Sequence[Edit] = ()
    after: Spliced | None = None
    fingerprint: Fingerprint | None = None
    lines: Lines | None = None
    rebuild: Callable[[Sequence[Edit]], str] | None = None
    parts: Callable[[Sequence[Edit]], list[Part]] | None = None
    group: str = ""
    has_pools: bool = True

    def failed(self, report: FileReport) -> "Outcome":
        """The same input with another report, and nothing to write."""
        return Outcome(self.input, report, self.text, fingerprint=self.fingerprint)
