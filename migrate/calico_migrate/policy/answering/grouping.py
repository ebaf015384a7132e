"""Groups of workloads that no policy tells apart: what keeps a matrix of a thousand apps readable."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from calico_core.words import listed
from calico_migrate.policy.cluster.peers import bits
from calico_migrate.policy.compiled.label_sets import LabelSets
from calico_migrate.policy.compiled.resources import PORT_PROTOCOLS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calico_migrate.calico.selectors.selector import Selector
    from calico_migrate.policy.cluster.addresses import AddressSpan
    from calico_migrate.policy.cluster.model import Model, Party
    from calico_migrate.policy.compiled.resources import Profile


class Group(NamedTuple):
    """Workloads to which every policy gives the same answers; ``ports`` are those of all members.

    ``representative`` is the first member. A port is its number, None for a protocol without ports, and its
    protocol's IANA number.
    """

    members: tuple[Party, ...]
    ports: tuple[tuple[int | None, int], ...]

    @property
    def representative(self) -> Party:
        """The member that stands for all."""
        return self.members[0]

    @property
    def name(self) -> str:
        """The id of the first member, and how many others there are."""
        return listed([member.name for member in self.members], 1)


def group(
    models: Sequence[Model], extra_ports: Sequence[tuple[int, int]] = (), protocol: int | None = None
) -> list[Group]:
    """The workloads, in the order of their ids, in groups.

    Two are in one group when no selector and no net of the resources, and no profile, tells them apart in
    any of the models, which must have the same workloads. ``extra_ports`` are asked of every group as well;
    with a ``protocol`` only the ports of this one are, or the protocol itself where it has none.
    """
    marks = [_marks(model) for model in models]
    found: dict[tuple[object, ...], list[Party]] = {}
    for identity, party in sorted(models[0].parties.items()):
        found.setdefault(tuple(mark[identity] for mark in marks), []).append(party)
    return [Group(tuple(members), _ports(members, extra_ports, protocol)) for members in found.values()]


def _ports(
    members: Sequence[Party], extra_ports: Sequence[tuple[int, int]], protocol: int | None
) -> tuple[tuple[int | None, int], ...]:
    if protocol is not None and protocol not in PORT_PROTOCOLS:
        return ((None, protocol),)
    declared = {
        (port.number, port.protocol)
        for party in members
        for port in party.ports
        if port.number and protocol in (None, port.protocol)
    }
    return tuple(sorted({*extra_ports, *declared}))


def _marks(model: Model) -> dict[str, tuple[object, ...]]:
    """For each workload, what the model's resources can tell it by."""
    resources = model.resources
    selections = dict.fromkeys(resources.selectors())
    parties = list(model.parties.values())
    for profile in {id(one): one for party in parties for one in party.profiles}.values():
        if not isinstance(profile, str):
            selections.update(dict.fromkeys(_of_profile(profile)))
    index = LabelSets([party.labels for party in parties])
    selected = [0] * len(parties)
    for number, selectors in enumerate(selections):
        mask = index.everything
        for selector in selectors:
            mask &= index.matching(selector)
        for at in bits(mask):
            selected[at] |= 1 << number
    nets = sorted(resources.nets())
    positions = {spans: _position(model, spans, nets) for spans in {party.spans for party in parties}}
    return {
        party.name: (
            party.kind,
            positions[party.spans],
            tuple(one if isinstance(one, str) else (one.title, len(one.labels)) for one in party.profiles),
            chosen if party.on_calico else 0,
        )
        for party, chosen in zip(parties, selected, strict=True)
    }


def _of_profile(profile: Profile) -> list[tuple[Selector, ...]]:
    from calico_migrate.policy.cluster.model import Resources

    return Resources((), {profile.name: profile}, ()).selectors()


def _position(model: Model, spans: tuple[AddressSpan, ...], nets: Sequence[AddressSpan]) -> frozenset[int]:
    """Which nets the pieces of some spans lie in, as a set of sets."""
    return frozenset(
        sum(1 << index for index, net in enumerate(nets) if net.contains(piece))
        for piece in model.pieces(spans)
    )
