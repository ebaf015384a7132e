"""YAML: definitions by `marathon`'s engine, everything else as text under its keys.

A Compose file's own networks are mentions, and so is the overlay's own entry in a `config.yaml`. A definition
inside a ConfigMap is by hand: no command rewrites it there.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from calico_migrate.survey import addresses, kinds
from calico_migrate.survey.context import context, default_of_placeholder
from calico_migrate.survey.definitions import Spot
from calico_migrate.survey.kinds.template import has_placeholder
from calico_migrate.survey.look import Look
from calico_migrate.survey.place import State

if TYPE_CHECKING:
    from calico_migrate.survey.look import Settings

_COMPOSE = re.compile(r"^services:", re.MULTILINE)
_OVERLAYS = frozenset({"overlays", "dcos_overlay_network"})


def look(text: str, settings: Settings) -> Look:
    """The places of a YAML text."""
    names = settings.names
    is_compose = _COMPOSE.search(text) is not None
    spots: list[Spot] = []
    for found in names.word.finditer(text):
        network, start, end = found[0], found.start(), found.end()
        state = State.MENTION
        if not kinds.is_comment(text, start):
            around = context(text, start, end)
            own = (is_compose and "networks" in around.around[-1:]) or _OVERLAYS & {*around.around}
            if not own and (around.is_network or default_of_placeholder(text, start)):
                state = State.DONE if network in names.new else State.BY_HAND
        if state is State.MENTION and network in names.new:
            continue
        spots.append(Spot(start, state, network, None, None))
    spots += addresses.look(text, names.default)
    kind = "template" if has_placeholder(text) else "yaml"
    return Look(kind, sorted(spots, key=lambda spot: spot.start), may_be_package=True)
