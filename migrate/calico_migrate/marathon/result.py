"""What is asked for one document of Marathon, and what becomes of it."""

# No annotations as texts here: `NamedTuple` would compile each at every start.
from typing import NamedTuple

from calico_core.findings import Finding
from calico_core.spans import Edit, Lines, Spliced
from calico_migrate.marathon.parsed.identity import Identities
from calico_migrate.network_map import NetworkMap


class Options(NamedTuple):
    """What to do: which network becomes which, and whether misplaced policy labels are moved.

    ``for_update`` takes out of one app or pod what must not go back to Marathon.
    """

    network_map: NetworkMap = NetworkMap()
    move_labels: bool = False
    for_update: bool = False


class Rewriting(NamedTuple):
    """What becomes of a document.

    ``kind`` is the report's kind, None where the document is no definition. ``new`` is the verified new
    text, None where nothing changes or nothing was asked to be built. ``lines`` knows where lines begin,
    ``identities`` which definition an edit stands in. Without ``has_pools`` no Edge-LB pool is in it.
    """

    kind: str | None
    edits: list[Edit]
    findings: list[Finding]
    new: Spliced | None
    lines: Lines
    identities: Identities
    has_pools: bool = True

    @property
    def after(self) -> str | None:
        """The new text in one."""
        return None if self.new is None else str(self.new)
