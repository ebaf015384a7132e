"""Policies and profiles, compiled, and the endpoints that they select."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from calico_core.nearest import nearest
from calico_migrate.calico.labels import sanitise_text
from calico_migrate.calico.reading.resources import read_resources
from calico_migrate.diagnose.bundle import names
from calico_migrate.policy.cluster.scenario import endpoint_labels
from calico_migrate.policy.compiled.compiling import compile_policy, compile_profile
from calico_migrate.policy.compiled.label_index import LabelIndex
from calico_migrate.policy.compiled.resources import Policy, Profile, ResourceError, in_order

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from calico_migrate.calico.selectors.selector import Selector
    from calico_migrate.diagnose.estate.calico import Endpoint
    from calico_migrate.diagnose.estate.evidence import Evidence
    from calico_migrate.diagnose.estate.listed import Listed

ITEMS = {
    "Profile": names.CALICO_PROFILES,
    "NetworkPolicy": names.CALICO_POLICIES,
    "GlobalNetworkPolicy": names.CALICO_GLOBAL_POLICIES,
}


class Policies:
    """What decides who may reach whom: ``policies`` in their order, ``profiles`` by name."""

    def __init__(self, lists: Mapping[str, Listed], endpoints: Sequence[Endpoint]) -> None:
        self._lists = lists
        self.profiles: dict[str, Profile] = {}
        found: list[Policy] = []
        for kind, listed in lists.items():
            for resource in read_resources(listed.machine.text(listed.item)):
                if not resource.valid or resource.kind != kind:
                    continue
                try:
                    if kind == "Profile":
                        profile = compile_profile(resource.document)
                        self.profiles[profile.name] = profile
                    else:
                        found.append(compile_policy(resource.document))
                except ResourceError:
                    # Calico would refuse it, and Felix ignores it.
                    continue
        self.policies = in_order(found)
        self._endpoints = endpoints

    @cached_property
    def index(self) -> LabelIndex:
        """The labels of all endpoints, with those that their profiles give."""
        return LabelIndex(
            [
                {
                    key: value
                    for labels in (*(self._given(name) for name in endpoint.profiles), endpoint.labels)
                    for key, value in labels.items()
                }
                for endpoint in self._endpoints
            ]
        )

    def _given(self, profile: str) -> Mapping[str, str]:
        found = self.profiles.get(profile)
        return found.labels if found is not None else {}

    def matching(self, selectors: Sequence[Selector]) -> tuple[int, ...]:
        """The numbers of the endpoints that selectors match."""
        return self.index.matching(selectors)

    def mangled(self, selectors: Sequence[Selector]) -> list[tuple[str, str]]:
        """Labels that no endpoint has as they are asked for, and that endpoints have as UCR's plugin
        changes them.
        """
        keys = self.index.keys
        found = []
        for selector in selectors:
            for test in selector.tests:
                arrives = sanitise_text(test.label)
                if test.label not in keys and arrives != test.label and arrives in keys:
                    found.append((test.label, arrives))
        return list(dict.fromkeys(found))

    def selections(self, policy: Policy) -> Iterator[Sequence[Selector]]:
        """Every selection of a policy: its own, and those of its rules."""
        yield policy.selectors
        for rule in (*(policy.ingress or ()), *(policy.egress or ())):
            for side in (rule.source, rule.destination):
                if side.selectors is not None:
                    yield side.selectors

    def advice(self, selectors: Sequence[Selector]) -> str:
        """Which label is probably meant, as the end of a sentence; empty where nothing is near."""
        keys = self.index.keys
        for selector in selectors:
            for test in selector.tests:
                if test.label not in keys:
                    near = nearest(test.label, sorted(keys))
                    return f": no endpoint has the label {test.label}" + (f"; is it {near}?" if near else "")
        return ""

    def ingress_of(self, labels: Mapping[str, str], network: str, runtime: str) -> list[Policy]:
        """The policies that decide what comes in to an endpoint with such labels."""
        whole = endpoint_labels(labels, [self._given(network)], runtime=runtime)
        return [policy for policy in self.policies if policy.ingress is not None and policy.selects(whole)]

    def evidence(self, kind: str, name: str, key: str = "name") -> Evidence:
        """The line of a resource that begins with a key."""
        listed = self._lists[kind]
        for resource in listed.resources.items:
            if resource.name == name:
                return listed.evidence(resource, key)
        return listed.machine.evidence(listed.item, None, f"{kind} {name}")
