"""The other sides of flows: who may have which address, as the bits of numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from calico_migrate.policy.compiled.label_sets import LabelSets

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from calico_migrate.calico.selectors.selector import Selector
    from calico_migrate.policy.cluster.addresses import AddressSpan
    from calico_migrate.policy.compiled.resources import AddressSet, Entity


class Peer(NamedTuple):
    """One possible address and the labels of the Calico endpoints that have it (none for other hosts)."""

    address: AddressSpan
    endpoints: tuple[Mapping[str, str], ...] = ()


class Peers:
    """Some peers, numbered from 0; a set of them is a number with their bits."""

    def __init__(self, peers: Sequence[Peer], address_sets: Sequence[AddressSet] = ()) -> None:
        self.peers = peers
        self.everybody = (1 << len(peers)) - 1
        self._address_sets = address_sets
        self._selected: dict[tuple[tuple[Selector, ...], Selector | None], int] = {}
        self._within: dict[tuple[AddressSpan, ...], int] = {}
        self._matched: dict[int, tuple[Entity, int]] = {}
        self._versions = {
            version: mask_of(index for index, peer in enumerate(peers) if peer.address.version == version)
            for version in (4, 6)
        }
        # Peers that share their labels are asked once.
        numbers: dict[int, int] = {}
        sets: list[Mapping[str, str]] = []
        self._having: list[int] = []
        for index, peer in enumerate(peers):
            for labels in peer.endpoints:
                at = numbers.setdefault(id(labels), len(sets))
                if at == len(sets):
                    sets.append(labels)
                    self._having.append(0)
                self._having[at] |= 1 << index
        self._labels = LabelSets(sets)
        # Where every peer is one endpoint, the index' bits are the peers' own.
        self._aligned = self._having == [1 << index for index in range(len(peers))]

    def version(self, number: int) -> int:
        """The peers with an address of this IP version."""
        return self._versions[number]

    def matching(self, entity: Entity) -> int:
        """The peers that a rule's source or destination matches, ports left aside."""
        if entity.open:
            return self.everybody
        known = self._matched.get(id(entity))
        if known is not None:
            return known[1]
        mask = self.everybody
        if entity.selectors is not None:
            # Beside a selector, notSelector only leaves out members of what it finds (felix
            # calc/rule_scanner.go, combineMatchesIfPossible).
            mask &= self.selected(entity.selectors, entity.not_selector)
        elif entity.not_selector is not None:
            mask &= ~self.selected((entity.not_selector,))
        # Felix leaves a rule out for the IP version of which a list of nets has none.
        for nets in (entity.nets, entity.not_nets):
            if nets:
                mask &= _union(self._versions[version] for version in {net.version for net in nets})
        if entity.nets:
            mask &= self.within(entity.nets)
        if entity.not_nets:
            mask &= ~self.within(entity.not_nets)
        # The entity is kept so that its identity stays taken.
        self._matched[id(entity)] = entity, mask
        return mask

    def matching_at(self, entity: Entity, protocol: int, port: int | None) -> int:
        """The peers that a rule's source or destination matches for a port that it does not refuse."""
        mask = self.matching(entity)
        if entity.named or entity.not_named:
            wanted, left_out = entity.at_port(protocol, port)
            if wanted is not None:
                mask &= self.within(wanted)
            mask &= ~self.within(left_out)
        return mask

    def selected(self, selectors: tuple[Selector, ...], without: Selector | None = None) -> int:
        """The peers whose address belongs to an endpoint or address set that all the selectors match.

        Each endpoint and set is asked by itself, and ``without`` must not match it.
        """
        key = (selectors, without)
        mask = self._selected.get(key)
        if mask is None:
            mask = self.endpoints(selectors, without)
            for one in self._address_sets:
                if all(selector.matches(one.labels) for selector in selectors) and not (
                    without is not None and without.matches(one.labels)
                ):
                    mask |= self.within(one.nets)
            self._selected[key] = mask
        return mask

    def endpoints(self, selectors: tuple[Selector, ...], without: Selector | None = None) -> int:
        """The peers that are endpoints with labels that all the selectors match, and ``without`` does not.

        It is what the selector of a policy means, which finds no address sets (felix
        ``calc/active_rules_calculator.go``).
        """
        labelled = self._labels.everything
        for selector in selectors:
            labelled &= self._labels.matching(selector)
        if without is not None:
            labelled &= ~self._labels.matching(without)
        return labelled if self._aligned else _union(self._having[index] for index in bits(labelled))

    def sets_at(self, selectors: tuple[Selector, ...], peers: int) -> list[AddressSet]:
        """The address sets that all the selectors match and that have an address of one of the peers."""
        return [
            one
            for one in self._address_sets
            if self.within(one.nets) & peers and all(selector.matches(one.labels) for selector in selectors)
        ]

    def within(self, nets: tuple[AddressSpan, ...]) -> int:
        """The peers whose address lies in one of the nets."""
        mask = self._within.get(nets)
        if mask is None:
            mask = mask_of(
                index
                for index, peer in enumerate(self.peers)
                if any(net.contains(peer.address) for net in nets)
            )
            self._within[nets] = mask
        return mask


def bits(mask: int) -> Iterator[int]:
    """The numbers of the bits that are set, rising."""
    text = bin(mask)
    at = text.rfind("1")
    last = len(text) - 1
    while at > 1:
        yield last - at
        at = text.rfind("1", 0, at)


def mask_of(indexes: Iterable[int]) -> int:
    """The number in which these bits are set."""
    mask = 0
    for index in indexes:
        mask |= 1 << index
    return mask


def _union(masks: Iterable[int]) -> int:
    union = 0
    for mask in masks:
        union |= mask
    return union
