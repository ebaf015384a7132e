"""What other commands take out of a bundle: apps, policies, pools, profiles, agents, networks of Docker."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from calico_core.errors import InputError
from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.bundle.opening import open_bundle
from calico_migrate.diagnose.bundle.undecided import UndecidedError, if_known
from calico_migrate.diagnose.estate.estate import Estate
from calico_migrate.diagnose.estate.policies import ITEMS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calico_config.facts.facts import Facts
    from calico_migrate.policy.cluster.workloads import Workload

INSPECTION = "docker_network_inspect.json"


class Text(NamedTuple):
    """An item as text, with its path: that of the bundle, and within it the member's name."""

    path: str
    text: str


class Taken(NamedTuple):
    """What a bundle has for other commands; lists are empty, the rest None where items are missing.

    ``inspections`` are ``docker network inspect`` by agent, which only the collector script has. ``notes``
    say what is missing.
    """

    path: str
    workloads: list[Workload]
    policies: list[Text]
    facts: Facts
    pools: Text | None
    profiles: Text | None
    agents: list[str]
    inspections: dict[str, Text]
    notes: list[str]


def take(path: str) -> Taken:
    """Opens a bundle and takes out what there is. Raises InputError where it is none or has no such items."""
    bundle = open_bundle(path)
    try:
        estate = Estate(bundle)
        notes: list[str] = []
        workloads = _workloads(estate, notes)
        lists = {kind: _list(estate, item, notes) for kind, item in ITEMS.items()}
        pools = _list(estate, names.CALICO_POOLS, notes)
        inspections = {
            machine.address: Text(f"{path}/{machine.node.members[INSPECTION].name}", machine.text(INSPECTION))
            for machine in estate.machines
            if machine.has(INSPECTION)
        }
        if not workloads and not inspections and not any((*lists.values(), pools)):
            message = "has no apps, pools or policies; name a bundle of the cluster or of a master"
            raise InputError(message, path=path)
        return Taken(
            path,
            workloads,
            [text for text in lists.values() if text is not None],
            estate.parameters.facts,
            pools,
            lists["Profile"],
            [machine.address for machine in estate.agents],
            inspections,
            notes,
        )
    finally:
        bundle.archive.close()


def take_networks(
    paths: Sequence[str], notes: list[str]
) -> tuple[dict[str, tuple[str, str]], tuple[str, str] | None, tuple[str, str] | None]:
    """The inspections of Docker's networks by agent, the pools and the profiles of several bundles.

    Pools and profiles are those of the first bundle that has them. Raises InputError.
    """
    taken = [take(path) for path in paths]
    inspections = {
        agent: (text.path, text.text) for each in taken for agent, text in each.inspections.items()
    }
    pools = next((each.pools for each in taken if each.pools is not None), None)
    profiles = next((each.profiles for each in taken if each.profiles is not None), None)
    if not inspections:
        notes.append(
            "no bundle has Docker's networks; only what `diagnose --collector` makes on an agent does"
        )
    return inspections, pools, profiles


def _workloads(estate: Estate, notes: list[str]) -> list[Workload]:
    found: list[Workload] = []
    for item, ask in (
        (names.APPS, lambda: estate.workloads.apps),
        (names.PODS, lambda: estate.workloads.pods),
        (names.JOBS, lambda: estate.workloads.jobs),
    ):
        definitions = if_known(ask)
        if definitions is None:
            notes.append(f"{estate.bundle.path}: has no {item}")
        # Pages and messages name the bundle and the member.
        found += [
            each.workload._replace(path=f"{estate.bundle.path}/{each.workload.path}")
            for each in definitions or ()
        ]
    return found


def _list(estate: Estate, item: str, notes: list[str]) -> Text | None:
    try:
        listed = estate.listed(item)
        member = listed.machine.node.members[item]
        return Text(f"{estate.bundle.path}/{member.name}", listed.machine.text(item))
    except UndecidedError:
        notes.append(f"{estate.bundle.path}: has no {item}")
        return None
