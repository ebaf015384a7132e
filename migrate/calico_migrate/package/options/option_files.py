"""Option files: what an operator gives to ``dcos package install --options`` and ``update start --options``.

Such a file is recognised by what is in it: a value that names an old network, at a path that is the name of a
network by its own keys, or at the path of a network option of a package of this run whose options the whole
file could be.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from calico_core.errors import InputError
from calico_core.json.pointers import pointer
from calico_core.spans import Edit
from calico_migrate.marathon.notation import UnwritableError
from calico_migrate.marathon.parsed.placeholders import has_placeholder, names_in
from calico_migrate.package import names
from calico_migrate.package.rules import network_by_default, network_option, option_placeholder

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from calico_core.findings import Finding
    from calico_core.spans import Lines
    from calico_migrate.network_map import NetworkMap
    from calico_migrate.package.options.written import Written
    from calico_migrate.package.universe.schema import OptionPath

# Keys that no options file has at its top: those of apps, packages and schemas.
_FOREIGN = frozenset({
    "id", "env", "labels", "networks", "ipAddress", "container", "containers", "apps", "groups",
    "packages", "properties", "$schema", "packagingVersion", "assets", "run",
})  # fmt: skip


_SWITCH = re.compile(r"(?:enable[-_])?virtual[-_]networks?(?:[-_]enabled?)?")


class KnownOptions(NamedTuple):
    """What one package of this run accepts: all option paths, and those that name a network."""

    package: str
    paths: frozenset[OptionPath]
    networks: frozenset[OptionPath]


def network_options(
    value: Any, network_map: NetworkMap, known: Collection[KnownOptions]
) -> list[tuple[OptionPath, str]]:
    """The options of a file that name an old network: their paths and values.

    Empty where the value is no options file.
    """
    if not isinstance(value, dict) or not _FOREIGN.isdisjoint(value):
        return []
    old = [
        (path, leaf)
        for path, leaf in leaves(value, ())
        if isinstance(leaf, str) and leaf in network_map.names
    ]
    if not old:
        return []
    by_package: set[OptionPath] = set()
    for package in known:
        if _fits(value, package.paths):
            by_package |= package.networks
    return [
        (path, leaf)
        for path, leaf in old
        if len(path) > 1 and (names.is_name_path(path) or path in by_package)
    ]


def may_be(value: dict[str, Any]) -> bool:
    """Whether a JSON object has none of the keys that only other files have at their top."""
    return _FOREIGN.isdisjoint(value)


def is_options(value: Any, known: Collection[KnownOptions]) -> bool:
    """Whether a JSON value is an options file at all, whichever network it names.

    It is where an option has the name of a network's name, or where a package of the run takes all of it.
    """
    if not isinstance(value, dict) or not _FOREIGN.isdisjoint(value):
        return False
    found = list(leaves(value, ()))
    return (
        any(len(path) > 1 and isinstance(leaf, str) and names.is_name_path(path) for path, leaf in found)
        or bool(switches(value))
    ) or any(found and _fits(value, package.paths) for package in known)


def switches(value: Any) -> list[OptionPath]:
    """The switches of virtual networks that an options file sets, where it names no network anywhere."""
    if not isinstance(value, dict) or not may_be(value):
        return []
    found = [(path, leaf) for path, leaf in leaves(value, ()) if len(path) > 1]
    if any(isinstance(leaf, str) and names.is_name_path(path) for path, leaf in found):
        return []
    return [path for path, leaf in found if leaf is True and is_switch(path)]


def is_switch(path: OptionPath) -> bool:
    """Whether an option's path says that it switches a virtual network on."""
    return _SWITCH.fullmatch(path[-1]) is not None or path[-2:] == ("virtual-network", "enabled")


def name_beside(switch: OptionPath) -> str:
    """The option that names the network beside a switch, as packages call it."""
    last = "name" if switch[-2:] == ("virtual-network", "enabled") else "virtual_network_name"
    return ".".join((*switch[:-1], last))


def placeholders(value: Any) -> list[tuple[OptionPath, str]]:
    """The options of a file that name a network and are placeholders: their paths and texts."""
    if not isinstance(value, dict) or not may_be(value):
        return []
    return [
        (path, leaf)
        for path, leaf in leaves(value, ())
        if len(path) > 1 and names.is_name_path(path) and has_placeholder(leaf)
    ]


def findings(written: Written, lines: Lines, network_map: NetworkMap) -> list[Finding]:
    """What is to be said of an options file whose network cannot be told, or comes from elsewhere."""
    value = written.value
    found = [
        option_placeholder.finding(
            path, leaf, names_in(leaf, network_map.names), lines.position(written.offset(path))
        )
        for path, leaf in placeholders(value)
    ]
    new = network_map.default_becomes
    if new is not None:
        found += [
            network_by_default.finding(
                path,
                name_beside(path),
                network_map.default_network,
                new,
                lines.position(written.offset(path)),
            )
            for path in switches(value)
        ]
    return found


def plan(written: Written, options: Sequence[tuple[OptionPath, str]], network_map: NetworkMap) -> list[Edit]:
    """The edits that give the options of a file their new values.

    Raises InputError where the text does not allow one of them: then all of the file stays.
    """
    edits = []
    for path, old in options:
        new = network_map.names[old]
        try:
            change = written.rename(path, old, new)
        except UnwritableError as error:
            reason = f"{'.'.join(path)} cannot be changed: {error.reason}; write it out, and run this again"
            raise InputError(reason) from error
        edits.append(Edit(*change, network_option.RULE.id, pointer(path), old, new))
    return edits


def leaves(value: Any, path: OptionPath) -> Iterator[tuple[OptionPath, Any]]:
    """Every value of nested objects that is no object itself, with its path."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from leaves(item, (*path, key))
    else:
        yield path, value


def _fits(value: dict[str, Any], declared: frozenset[OptionPath]) -> bool:
    """Whether every option of a file is one that the package declares."""
    if not declared:
        return False
    groups = {path[:end] for path in declared for end in range(1, len(path) + 1)}
    return all(
        any(path[:end] in declared for end in range(1, len(path) + 1)) or path in groups
        for path, _ in leaves(value, ())
    )
