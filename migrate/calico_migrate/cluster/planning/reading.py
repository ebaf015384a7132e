"""Reading a plan back, which people may have edited: taken where it is whole and consistent, else refused."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, NamedTuple, TypeGuard, get_args

from calico_core import sources
from calico_core.errors import InputError, UsageError
from calico_core.legible import quoted
from calico_migrate.cluster import edits, ids
from calico_migrate.cluster.edits import BodyEdit
from calico_migrate.cluster.identity import Identity
from calico_migrate.cluster.kinds import packages
from calico_migrate.cluster.planning.document import (
    BEHIND_SCHEDULERS,
    KIND,
    NEEDS,
    VERSION,
    WAVES,
    ByHand,
    Coverage,
    Item,
    Plan,
    PlanFinding,
    Roll,
    Wave,
)
from calico_migrate.cluster.planning.services import Rendered, Scheduler
from calico_migrate.cluster.planning.shapes import Place
from calico_migrate.cluster.pools import Pools
from calico_migrate.marathon.rules import name_default_network, rename_network
from calico_migrate.network_map import NetworkMap
from calico_migrate.package.rules import network_option

if TYPE_CHECKING:
    from collections.abc import Mapping

    from calico_migrate.cluster.ids import Kind

_DIGEST = re.compile(r"sha256:[0-9a-f]{64}", re.ASCII)


class PlanFile(NamedTuple):
    """A plan, its path, and the digest of its bytes, by which a journal names it."""

    plan: Plan
    path: str
    digest: str


class NewerPlanError(InputError):
    """The plan is of a version that this tool does not know."""


def load(path: str) -> PlanFile:
    """Reads a plan.

    Raises InputError, with line and column, where it cannot be read or does not hold together, and
    NewerPlanError where its version is newer than this tool.
    """
    data, _ = sources.read_bytes(path)
    document = Place.of(sources.decode(path, data), path)
    if document.object().get("kind") != KIND:
        document.refuse(f"this is no plan: `kind` is not {KIND!r}; `cluster plan` writes one")
    version = document["version"].whole(1)
    if version > VERSION:
        raise NewerPlanError(
            f"the plan is of version {version}, and this tool knows {VERSION}: use a newer calico-migrate",
            path=path,
        )
    return PlanFile(_plan(document), path, "sha256:" + hashlib.sha256(data).hexdigest())


def _plan(document: Place) -> Plan:
    names = _names(document["map"])
    allow = document["allow"].texts(lambda text: text in NEEDS, "nothing that can be allowed")
    items = {key: _item(key, place, allow, names) for key, place in document["items"].members()}
    coverage = document["coverage"]
    snapshot = document["snapshot"]
    plan = Plan(
        tool=document["tool"].text(),
        cluster=_identity(document["cluster"]),
        snapshot=snapshot["sha256"].text(),
        taken=snapshot["taken"].text(),
        names=names,
        default_networks={
            service: place.text_or_null() for service, place in document["default_networks"].members()
        },
        pools=_pools(document["pools"]),
        allow=allow,
        max_in_flight=document["max_in_flight"].whole(1),
        networks=document["references"]["networks"].texts(),
        policies=document["references"]["policies"].texts(),
        marathons=coverage["marathons"].texts(ids.is_service_path, "no path of a Marathon"),
        frameworks=_frameworks(coverage["frameworks"]),
        waves=tuple(_wave(place) for place in document["waves"].elements()),
        items=items,
        by_hand=tuple(
            ByHand(*(place[name].text() for name in ByHand._fields))
            for place in document["by_hand"].elements()
        ),
        excluded=document["excluded"].texts(),
        untouched=document["untouched"].whole(),
    )
    _check_order(document, plan)
    return plan


def _names(place: Place) -> Mapping[str, str]:
    names = {old: value.text() for old, value in place.members()}
    if not names:
        place.refuse("no network becomes another")
    try:
        NetworkMap.parse([f"{old}={new}" for old, new in names.items()])
    except UsageError as error:
        place.refuse(error.message)
    return names


def _pools(place: Place) -> Pools:
    texts = place.texts()
    if not texts:
        place.refuse("at least one network is expected")
    try:
        return Pools.parse(texts)
    except UsageError as error:
        place.refuse(error.message)


def _identity(place: Place) -> Identity:
    texts: dict[str, str | None] = {name: place[name].text_or_null() for name in Identity._fields}
    if texts["id"] is None and texts["framework"] is None:
        place.refuse("`id` and `framework` are both null: the plan is bound to no cluster")
    return Identity.of(texts)


def _frameworks(place: Place) -> tuple[Coverage, ...] | None:
    if place.value is None:
        return None
    return tuple(
        Coverage(
            each["id"].text(),
            each["name"].text(),
            each["read"].truth(),
            {name: count.whole() for name, count in each["tasks"].members()},
        )
        for each in place.elements()
    )


def _item(key: str, place: Place, allow: tuple[str, ...], names: Mapping[str, str]) -> Item:
    kind, service, name = place["kind"].text(), place["service"].text(), place["id"].text()
    if not _is_kind(kind):
        known = ", ".join(get_args(ids.Kind))
        place["kind"].refuse(f"{quoted(kind)} is no kind of item that this tool moves: {known}")
    if not ids.is_service_path(service):
        place["service"].refuse(f"{quoted(service)} is no path of a Marathon")
    if ids.SERVICES.get(kind) != (service if service in ids.SERVICES.values() else None):
        place["service"].refuse(f"items of the kind {kind} are not of {service}")
    if not ids.is_addressable(kind, name):
        place["id"].refuse(f"{quoted(name)} is no id that can be addressed")
    if key != ids.key(service, name):
        place.refuse(f"the key is {quoted(key)}, and service and id make {ids.key(service, name)}")
    scheduler = _scheduler(place["scheduler"]) if kind in BEHIND_SCHEDULERS else None
    if kind == "edgelb-pool" and scheduler is None:
        place["scheduler"].refuse("a pool without a scheduler moves nothing that could be seen")
    before = place["before"]
    needs = place["needs"].texts(lambda text: text in NEEDS, "nothing that can be needed")
    for need in needs:
        if need not in allow:
            place["needs"].refuse(f"{need!r} is not in `allow`; such an item stays by hand")
    item = Item(
        key=key,
        kind=kind,
        service=service,
        id=name,
        team=place["team"].text(),
        version=before["version"].text(),
        config=before["config"].text_or_null(),
        before=_digest(before["sha256"]),
        after=_digest(place["after"]["sha256"]),
        edits=tuple(_edit(each, names, kind) for each in place["edits"].elements()),
        roll=_roll(place["roll"]),
        needs=needs,
        findings=tuple(
            PlanFinding(*(each[name].text() for name in PlanFinding._fields))
            for each in place["findings"].elements()
        ),
        depends_on=place["depends_on"].texts(),
        scheduler=scheduler,
        rendered=_rendered(place["rendered"]) if kind in BEHIND_SCHEDULERS else (),
    )
    if place["action"].text() != item.action:
        place["action"].refuse(f"for this kind of item it is {item.action!r}")
    if not item.edits:
        place["edits"].refuse("an item without an edit moves nothing")
    if item.before == item.after:
        place["after"].refuse("before and after are the same")
    return item


def _is_kind(text: str) -> TypeGuard[Kind]:
    return text in get_args(ids.Kind)


def _scheduler(place: Place) -> Scheduler | None:
    if place.value is None:
        return None
    service = place["service"].text()
    if not ids.is_service_path(service):
        place["service"].refuse(f"{quoted(service)} is no path of a service")
    return Scheduler(service, place["framework"].text_or_null())


def _rendered(place: Place) -> tuple[Rendered, ...]:
    return tuple(
        Rendered(each["pointer"].text(), each["old"].value, each["new"].value) for each in place.elements()
    )


def _edit(place: Place, names: Mapping[str, str], kind: Kind) -> BodyEdit:
    pointer = place["pointer"]
    edit = BodyEdit(pointer.text(), place["old"].value, place["new"].value, place["rule"].text())
    try:
        top = edits.steps(edit.pointer)[0]
    except edits.MismatchError as error:
        pointer.refuse(error.message)
    if top in ("instances", "scaling", "version", "id"):
        pointer.refuse(f"{top} is never changed by a plan")
    if edit.old == edit.new:
        place.refuse("old and new are the same")
    if kind == "package":
        if top != packages.OPTIONS or edit.pointer.count("/") < 2:
            pointer.refuse("only options of a package are changed, as /options/service/name")
        if edit.old is None or edit.new is None:
            place.refuse("Cosmos merges options, and takes none away: old and new are both expected")
    renamed = edit.rule == rename_network.RULE.id or (
        edit.rule == network_option.RULE.id and isinstance(edit.old, str)
    )
    if renamed and (not isinstance(edit.old, str) or names.get(edit.old) != edit.new):
        place["new"].refuse("the network's new name is not the one of `map`")
    if edit.rule == name_default_network.RULE.id and edit.new not in names.values():
        place["new"].refuse("the network's new name is not one of `map`")
    return edit


def _roll(place: Place) -> Roll:
    extra = place["extra"]
    names = ("cpus", "mem", "disk", "gpus", "addresses")
    return Roll(
        place["instances"].whole(),
        place["kill_at_once"].whole(),
        place["max_capacity"].whole(),
        {name: extra[name].number() for name in names},
    )


def _wave(place: Place) -> Wave:
    name = place["name"]
    if name.text() not in WAVES:
        name.refuse(f"{quoted(name.text())} is no wave; they are {', '.join(WAVES)}")
    return Wave(name.text(), place["items"].texts(), place["pause_after"].truth())


def _digest(place: Place) -> str:
    text = place.text()
    if not _DIGEST.fullmatch(text):
        place.refuse("a digest is expected: sha256: and 64 hexadecimal digits")
    return text


def _check_order(document: Place, plan: Plan) -> None:
    """Every item is in one wave, and none comes before what it depends on."""
    position: dict[str, int] = {}
    names: list[str] = []
    for wave in document["waves"].elements():
        name = wave["name"].text()
        if name in names:
            wave["name"].refuse(f"the wave {name!r} is there twice")
        if names and WAVES.index(name) < WAVES.index(names[-1]):
            wave["name"].refuse(f"the wave {name!r} comes behind {names[-1]!r}")
        names.append(name)
        for element in wave["items"].elements():
            key = element.text()
            if key not in plan.items:
                element.refuse(f"{quoted(key)} is in no `items`")
            if key in position:
                element.refuse(f"{quoted(key)} is in two places")
            position[key] = len(position)
    for key, place in document["items"].members():
        if key not in position:
            place.refuse(f"{quoted(key)} is in no wave")
        for element in place["depends_on"].elements():
            target = element.text()
            if target not in plan.items:
                element.refuse(f"{quoted(target)} is no item of this plan")
            if position[target] >= position[key]:
                element.refuse(f"{quoted(target)} comes later than what depends on it")
