"""Names of networks that no default gives, found where a mark in their place arrives at a network."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from calico_migrate.package.universe import parts
from calico_migrate.package.universe.tracing import network_places

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calico_migrate.package.universe.places import Place
    from calico_migrate.package.universe.schema import Option
    from calico_migrate.package.universe.subject import Package


class Unset(NamedTuple):
    """A name in the template without a value: where its value would arrive, and what declares it.

    ``option`` is the option of that name, None where there is none; ``is_declared`` is also true of a name
    that is declared within a section around it. ``offset`` is that of its first tag.
    """

    name: str
    place: Place
    option: Option | None
    is_declared: bool
    offset: int | None


def without_default(package: Package) -> Iterator[Unset]:
    """Each name without a default that is the name of a network, once."""
    plan, trace = package.plan, package.plan.trace
    if trace is None or parts.CONFIG not in package.content.texts:
        return
    reported: set[str] = set()
    variables = package.facts.network_variables if package.facts is not None else None
    for mark, name in plan.unset.items():
        found = network_places(trace.arrivals.get(mark, ()), variables)
        if not found or name in reported:
            continue
        reported.add(name)
        tags = [tag for tag in trace.template.tags if tag.name == name]
        yield Unset(
            name,
            found[0],
            plan.declared.get(tuple(name.split("."))),
            any(tag.is_declared(plan.declared) for tag in tags),
            tags[0].start if tags else None,
        )
