"""YAML: definitions by `marathon`'s engine, everything else as text under its keys.

A Compose file's own networks are mentions, and so is the overlay's own entry in a `config.yaml`. A definition
inside a ConfigMap is by hand: no command rewrites it there.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from calico_core.errors import CalicoMigrateError
from calico_core.report import records
from calico_core.spans import Lines
from calico_migrate.marathon.result import Options
from calico_migrate.marathon.yaml.rewriting import plan_yaml, summed
from calico_migrate.survey import addresses, definitions, kinds
from calico_migrate.survey.around.context import context, default_of_placeholder
from calico_migrate.survey.around.surroundings import Surroundings
from calico_migrate.survey.definitions import Looked, Spot
from calico_migrate.survey.kinds.template import has_placeholder
from calico_migrate.survey.look import Look
from calico_migrate.survey.place import State

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calico_migrate.survey.look import Settings

_COMPOSE = re.compile(r"^services:", re.MULTILINE)
_OVERLAYS = frozenset({"overlays", "dcos_overlay_network"})


def look(text: str, settings: Settings) -> Look:
    """The places of a YAML text."""
    kind, looked = _definitions(text, settings)
    spans = [(definition.start, definition.end) for definition, _ in looked.definitions]
    spots = [*looked.spots]
    # A name may stand behind its quote.
    known = {place for spot in looked.spots for place in (spot.start, spot.start + 1)}
    for spot in _as_text(text, settings):
        inside = any(start <= spot.start < end for start, end in spans)
        if spot.start not in known and (not inside or spot.state is State.MENTION):
            spots.append(spot)
    depending = {text.count("\n", 0, spot.start) for spot in looked.spots if spot.state is State.DEPENDS}
    spots += [
        spot
        for spot in addresses.look(text, settings.names.default)
        if text.count("\n", 0, spot.start) not in depending
    ]
    return Look(
        kind,
        sorted(spots, key=lambda spot: spot.start),
        looked.definitions,
        may_be_package=not looked.definitions,
    )


def _definitions(text: str, settings: Settings) -> tuple[str, Looked]:
    """The kind of the file, and what its definitions say; none where it is a template or cannot be read."""
    lines = Lines(text)
    try:
        plans = plan_yaml(text, Options(settings.network_map), lines)
    except (CalicoMigrateError, RecursionError):
        return ("template" if has_placeholder(text) else "yaml"), Looked([], [])
    result = summed(plans, lines)
    if result.kind is None:
        return ("template" if has_placeholder(text) else "yaml"), Looked([], [])
    found = [answer.definition for plan in plans for answer in plan.answers]
    edits = records(text, result.edits, lines, result.identities.at)
    return result.kind, definitions.look(
        found, edits, result.findings, settings.names, lines, settings.team_label
    )


def _as_text(text: str, settings: Settings) -> Iterator[Spot]:
    """The names in a YAML text by the keys around them."""
    names = settings.names
    is_compose, surroundings = _COMPOSE.search(text) is not None, Surroundings(text)
    for found in names.word.finditer(text):
        network, start, end = found[0], found.start(), found.end()
        state = State.MENTION
        if not kinds.is_comment(surroundings, start):
            around = context(surroundings, start, end)
            own = (is_compose and "networks" in around.around[-1:]) or _OVERLAYS & {*around.around}
            if not own and (around.is_network or default_of_placeholder(surroundings, start)):
                state = State.DONE if network in names.new else State.BY_HAND
        if state is State.MENTION and network in names.new:
            continue
        yield Spot(start, state, network, None, None)
