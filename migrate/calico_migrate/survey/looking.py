"""One file's places: which engine or kind is asked, and what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calico_core.errors import CalicoMigrateError
from calico_core.json import scanning
from calico_core.report import records
from calico_core.spans import Lines
from calico_migrate.marathon.definitions import walk
from calico_migrate.marathon.result import Options
from calico_migrate.marathon.rewriting import rewrite
from calico_migrate.survey import addresses, definitions, kinds, other_json, yaml_files
from calico_migrate.survey.around.surroundings import Surroundings
from calico_migrate.survey.copies import original_of
from calico_migrate.survey.definitions import Spot
from calico_migrate.survey.kinds import template
from calico_migrate.survey.kinds.chronos import is_chronos
from calico_migrate.survey.look import Look
from calico_migrate.survey.place import State

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calico_migrate.marathon.definitions import Definition
    from calico_migrate.survey.look import Settings
    from calico_migrate.survey.names import Names

# The beginning of a text tells its kind.
_HEAD = 65536


def look(name: str, text: str, settings: Settings) -> Look:
    """The places of a text, of a file of this name (its own name, without a directory)."""
    # A copy is of its original's kind.
    plain = (original_of(name) or name).lower()
    if plain.endswith((".yaml", ".yml")):
        return yaml_files.look(text, settings)
    begins_as_json = text[:256].lstrip("\ufeff \t\r\n")[:1] in ("{", "[")
    if plain.endswith(".json") or (begins_as_json and "." not in plain):
        found = _json(text, settings)
        if found is not None:
            return found
        return look_at_text(plain, text, settings, is_broken=plain.endswith(".json"))
    return look_at_text(plain, text, settings)


def look_at_text(name: str, text: str, settings: Settings, *, is_broken: bool = False) -> Look:
    """The places of a text that is read as text, by its kind.

    ``is_broken`` says that it is JSON by its name and could not be read as such.
    """
    names = settings.names
    kind = kinds.kind_of(name, text[:_HEAD])
    around = Surroundings(text)
    spots: list[Spot] = []
    for found in names.word.finditer(text):
        network = found[0]
        is_network = kind.is_network(around, found.start(), found.end()) or (
            is_broken and template.is_network(around, found.start(), found.end())
        )
        if is_network:
            state = State.DONE if network in names.new else State.BY_HAND
        elif network in names.new:
            continue
        else:
            state = State.MENTION
        spots.append(Spot(found.start(), state, network, None, None))
    spots += addresses.look(text, names.default)
    return Look(kinds.name_of(kind), sorted(spots, key=lambda spot: spot.start))


def _json(text: str, settings: Settings) -> Look | None:
    """The places of a JSON text; None where it is none."""
    try:
        result = rewrite(text, Options(settings.network_map), prove=False, build=False)
    except (CalicoMigrateError, RecursionError):
        return None
    if result.kind is None:
        try:
            value = scanning.loads(text)
            spots = other_json.look(text, value, settings.names)
        except (ValueError, RecursionError, CalicoMigrateError):
            return None
        kind = "chronos" if is_chronos(value) else "document"
        return Look(kind, _with_addresses(text, spots, settings), may_be_package=kind == "document")
    found: list[Definition] = []
    walk(text, found.append)
    edits = records(text, result.edits, result.lines, result.identities.at)
    looked = definitions.look(
        found, edits, result.findings, settings.names, result.lines, settings.team_label
    )
    spots = _with_mentions(text, looked.spots, settings.names)
    return Look(result.kind, _with_addresses(text, spots, settings), looked.definitions)


def _with_mentions(text: str, spots: Sequence[Spot], names: Names) -> list[Spot]:
    """The spots with the words that none of them is about."""
    known = {place for spot in spots for place in (spot.start, spot.start + 1)}
    return [
        *spots,
        *(
            Spot(found.start(), State.MENTION, found[0], None, None)
            for found in names.word.finditer(text)
            if found.start() not in known and found[0] in names.old
        ),
    ]


def _with_addresses(text: str, spots: Sequence[Spot], settings: Settings) -> list[Spot]:
    """The spots with those of addresses in the text that none of them is about."""
    line = Lines(text).number
    lines = {line(spot.start) for spot in spots if spot.state is State.DEPENDS}
    more = [spot for spot in addresses.look(text, settings.names.default) if line(spot.start) not in lines]
    return sorted([*spots, *more], key=lambda spot: spot.start)
