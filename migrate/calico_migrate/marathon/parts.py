"""Which edits only go together: those that bring one network of a definition to its new name.

The others of a definition go on without them: an app may be on an old network and on a new one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from calico_core.spans import by_place
from calico_migrate.marathon.rules import merge_networks, move_policy_label
from calico_migrate.rewriting.outcome import Part

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calico_core.spans import Edit
    from calico_migrate.marathon.parsed.identity import Identities
    from calico_migrate.network_map import NetworkMap

_MERGE = merge_networks.RULE.id
_LABELS = move_policy_label.RULE.id
_ALL = ""


def parts(identities: Identities, network_map: NetworkMap, edits: Sequence[Edit]) -> list[Part]:
    """The part that each reported edit is of, in the order of their places.

    Networks of one definition with the same new name are one entry afterwards. Labels that an entry takes
    over may come from any other, so that they hold all networks of their definition together.
    """
    reported = [(identities.number(edit.start), edit) for edit in sorted(edits, key=by_place) if edit.rule]
    joined = {number for number, edit in reported if edit.rule == _MERGE and edit.operation != "remove"}
    return [
        Part(
            number, None if edit.rule == _LABELS else _ALL if number in joined else _after(edit, network_map)
        )
        for number, edit in reported
    ]


def _after(edit: Edit, network_map: NetworkMap) -> str | None:
    """The new name of the network that an edit is about."""
    if edit.operation == "remove":
        return network_map.after(edit.old["name"] if isinstance(edit.old, dict) else edit.old)
    name: str = edit.new["networkName"] if isinstance(edit.new, dict) else edit.new
    return name
