"""The files that describe a cluster, its ``config.yaml``, pools and agents: one reader for every command.

A file that is too large is refused before it is parsed. What was passed over, or is not what a user may
believe it to be, is a note.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from calico_core import sources
from calico_core.errors import InputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calico_config.document.document import ConfigDocument
    from calico_config.facts.facts import Facts
    from calico_migrate.calico.existing import Pool
    from calico_migrate.network.promise import Agent

LARGEST_LIST = 64 << 20
"""The most bytes of a file of pools or agents: a hundred thousand agents as Mesos prints them."""


class SiteFiles(NamedTuple):
    """The paths of the files, ``-`` for standard input; None for what was not given."""

    config: str | None = None
    pools: str | None = None
    agents: str | None = None


class SiteReading(NamedTuple):
    """What the files say.

    ``facts`` are those of the ``config.yaml``, None where none was given, and so are ``pools``. ``agents``
    are in the file's order, each once. ``notes`` are sentences for the user, each with its file.
    """

    facts: Facts | None
    pools: tuple[Pool, ...] | None
    agents: tuple[Agent, ...]
    notes: tuple[str, ...]


def read_site(files: SiteFiles) -> SiteReading:
    """Reads the files. Raises InputError, with its place where there is one, for the first that is none."""
    notes: list[str] = []
    agents = read_agents_file(files.agents, notes) if files.agents is not None else ()
    pools = read_pools_file(files.pools, notes) if files.pools is not None else None
    facts = None
    if files.config is not None:
        from calico_config.facts.facts import Facts
        from calico_config.options import Options

        facts = Facts(read_config_file(files.config, notes), Options())
    return SiteReading(facts, pools, agents, tuple(notes))


def read_agents_file(path: str, notes: list[str]) -> tuple[Agent, ...]:
    """The agents of a list, ``dcos node list --json`` or an inventory. Raises InputError."""
    from calico_migrate.network.agents import read_agents

    found = read_agents(sources.read(path, limit=LARGEST_LIST).text, path)
    notes += [f"{path}: {note}" for note in found.notes]
    return found.agents


def read_pools_file(path: str, notes: list[str]) -> tuple[Pool, ...]:
    """The pools that ``calicoctl get ippool`` printed. Raises InputError."""
    from calico_migrate.calico.existing import read_pools

    return read_pools(read_resources(path, notes), path)


def read_resources(path: str, notes: list[str]) -> str:
    """The text of what ``calicoctl get`` printed. Raises InputError where it cannot be read."""
    from calico_migrate.calico.preamble import without_preamble

    text = sources.read(path, limit=LARGEST_LIST).text
    if said := without_preamble(text).lines:
        from calico_core.words import counted, shown

        notes.append(
            f"{path}: {counted(len(said), 'line')} before the resources passed over: {shown(said[0])}"
        )
    return text


def read_config_file(path: str, notes: list[str]) -> ConfigDocument:
    """A ``config.yaml`` with its settings. Raises InputError where it has none."""
    return config_of(read_config_bytes(path)[0], path, notes)


def config_of(data: bytes, path: str, notes: list[str]) -> ConfigDocument:
    """The settings in the bytes of a ``config.yaml``. Raises InputError where it has none.

    A byte that is not ASCII is a note: the file is read all the same, as Latin-1 where it is not UTF-8.
    """
    from calico_config.document.foreign import foreign
    from calico_config.document.reading import read_config

    document = read_config(data)
    problem = document.problem
    if problem is not None:
        raise InputError(problem.message, path=path, line=problem.line, column=problem.column)
    other = foreign(document)
    if other is not None:
        span = document.locate_key(str(other.inside[0]), *other.inside[1:]) if other.inside else None
        raise InputError(
            f"{other.message}; {other.hint}",
            path=path,
            line=span.line if span else None,
            column=span.column if span else None,
        )
    place = document.first_non_ascii
    if place is not None:
        character = document.text[place.start]
        notes.append(
            f"{path}:{place.line}:{place.column}: the character {character!r} (U+{ord(character):04X}) is not"
            " ASCII: the installer crashes on this file; replace it by ASCII characters, also in comments"
        )
    return document


def read_config_bytes(path: str) -> tuple[bytes, sources.Fingerprint | None]:
    """The bytes of a ``config.yaml``, and a file's fingerprint. Raises InputError, also for a larger file."""
    from calico_config.document.reading import MAX_SIZE

    return sources.read_bytes(path, limit=MAX_SIZE)


def require_one_standard_input(**named: str | Sequence[str] | None) -> None:
    """Raises UsageError where more than one of the options or arguments is ``-``.

    The keywords are the options' names without their dashes, the values their path or paths.
    """
    found = []
    for name, value in named.items():
        if value == sources.STANDARD_INPUT or (
            not isinstance(value, str) and sources.STANDARD_INPUT in (value or ())
        ):
            found.append(name if name.isupper() else f"--{name}")
    if len(found) > 1:
        raise UsageError(f"only one of {', '.join(found[:-1])} and {found[-1]} can be standard input")
