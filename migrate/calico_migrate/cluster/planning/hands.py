"""What a plan leaves to people: what cannot be moved by a definition, and what nobody has allowed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from calico_migrate.cluster import ids
from calico_migrate.cluster.planning import risks
from calico_migrate.cluster.planning.document import ByHand
from calico_migrate.marathon.parsed.attachments import attachments
from calico_migrate.marathon.parsed.package_labels import EDGELB_POOL, PackageLabels, is_network_option

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from calico_migrate.cluster.planning.definitions import Definition
    from calico_migrate.cluster.planning.document import Item
    from calico_migrate.network_map import NetworkMap

_PACKAGE = ("DCOS_PACKAGE_", "DCOS_COMMONS_")
_NETWORK = re.compile("network", re.IGNORECASE)


def reasons(definition: Definition, network_map: NetworkMap) -> list[ByHand]:
    """Why a definition is not moved by sending it, empty where nothing speaks against it."""
    key = definition.key
    labels = definition.body.get("labels")
    if isinstance(labels, dict) and any(str(name).startswith(_PACKAGE) for name in labels):
        if definition.edits or names_old(definition.body, network_map):
            return [of_package(definition, "")]
        return []
    found = [ByHand(key, each.finding.rule, each.finding.message, each.hint) for each in definition.errors]
    names = {
        network_map.default_network if each.name is None else each.name
        for each in attachments(definition.kind, definition.body)
    }
    both = not names.isdisjoint(network_map.names) and not names.isdisjoint(network_map.new_names)
    if both and not found:
        found.append(
            ByHand(
                key,
                "merge-networks",
                f"it is on {' and '.join(sorted(names))} at once: moving it takes one of its addresses away",
                "decide which address it keeps, and send the definition yourself",
            )
        )
    if definition.edits and not found:
        found += _unsendable(definition)
    return found


def of_package(definition: Definition, why: str) -> ByHand:
    """The entry of an app that belongs to a package; ``why`` it is not moved through Cosmos."""
    labels = definition.body.get("labels")
    package = PackageLabels.of(labels) if isinstance(labels, dict) else None
    name = package.name if package is not None else "NAME"
    command = "dcos NAME update start --options=FILE"
    if package is not None:
        # The command line of the SDK would update the package, and Edge-LB would put it back.
        updates = package.update_command if package.name != EDGELB_POOL else None
        command = updates or package.how_to_update()
    belongs = f"its scheduler app belongs to the package {name}"
    why = f"{belongs}, and {why}" if why else f"{belongs}, whose next update would undo an edit"
    return ByHand(definition.key, "package", why, command)


def not_allowed(key: str, needs: Sequence[str], allow: Sequence[str]) -> list[ByHand]:
    """An entry for each need that nobody has allowed."""
    return [ByHand(key, need, risks.WHY[need], f"--allow {need}") for need in needs if need not in allow]


def stops_too_many(item: Item, share: float | None) -> list[ByHand]:
    """An entry where more than a share of the instances would be stopped at once."""
    roll = item.roll
    if share is None or roll.kill_at_once <= roll.instances * share:
        return []
    why = f"{roll.kill_at_once} of {roll.instances} instances are stopped at once, more than {share:.0%}"
    return [ByHand(item.key, "max-unavailable", why, "raise --max-unavailable, or its minimumHealthCapacity")]


def _unsendable(definition: Definition) -> Iterator[ByHand]:
    key = definition.key
    if not ids.is_addressable(definition.kind, definition.id):
        yield ByHand(
            key,
            "unaddressable",
            "its id is an address of Marathon's own API: an update would reach something else",
            "move it with the group or file that it comes from",
        )
    for edit in definition.edits:
        top = edit.pointer[1:].partition("/")
        if edit.old is None and not top[1] and top[0] not in definition.body:
            yield ByHand(
                key,
                "new-top-level-key",
                f"{edit.pointer} would be new, and an update cannot take a key away again",
                "send the definition yourself; undo it with its old version",
            )


def names_old(body: Mapping[str, Any], network_map: NetworkMap) -> bool:
    """Whether the environment or the stored options name an old network."""
    labels = body.get("labels")
    environment = body.get("env")
    for name, value in environment.items() if isinstance(environment, dict) else ():
        if isinstance(value, str) and value in network_map.names and _NETWORK.search(str(name)):
            return True
    package = PackageLabels.of(labels) if isinstance(labels, dict) else None
    return package is not None and any(
        value in network_map.names and (is_network_option(path) or _NETWORK.search(".".join(path)))
        for path, value in _leaves(package.options)
    )


def _leaves(options: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], str]]:
    pending: list[tuple[tuple[str, ...], Any]] = [((), options)]
    while pending:
        path, value = pending.pop()
        if isinstance(value, dict):
            pending.extend(((*path, str(key)), each) for key, each in value.items())
        elif isinstance(value, str) and path:
            yield path, value
