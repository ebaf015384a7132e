"""Compares what a cluster has with what a generated directory promises; no input or output."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from calico_core.findings import in_order
from calico_migrate.network.pools import Profile
from calico_migrate.network.promise import MARK_LABEL
from calico_migrate.network.rules import (
    agent_not_promised,
    annotation_differs,
    annotation_without_network,
    network_missing,
    network_other_driver,
    network_other_profile,
    network_other_scope,
    network_other_subnet,
    pool_differs,
    pool_missing,
    profile_differs,
    profile_missing,
    several_networks_of_one_name,
    subnet_used_twice,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from calico_core.findings import Finding
    from calico_migrate.network.pools import Pool
    from calico_migrate.network.promise import Promise
    from calico_migrate.network.verifying.inspection import AgentNetworks, DockerNetwork

_FIELD_CHECKS = (
    network_other_driver.check,
    network_other_scope.check,
    network_other_subnet.check,
    network_other_profile.check,
)


class Found(NamedTuple):
    """What was read of a cluster; None for what was not asked for."""

    agents: Sequence[AgentNetworks] | None = None
    pools: Sequence[Pool] | None = None
    profiles: Sequence[Profile] | None = None


class Differences(NamedTuple):
    """The findings: of each agent in the order given, of the cluster as a whole, of pools and of profiles."""

    agents: list[list[Finding]]
    cluster: list[Finding]
    pools: list[Finding]
    profiles: list[Finding]


def compare(promise: Promise, found: Found) -> Differences:
    """Every difference between the promise and what was found."""
    agents = found.agents or ()
    promised = {agent.name for agent in promise.agents}
    return Differences(
        agents=[
            in_order([*compare_agent(promise, seen), *agent_not_promised.check(seen, promised)])
            for seen in agents
        ],
        cluster=list(several_networks_of_one_name.check_cluster(promise, agents)),
        pools=list(_compare_pools(promise, found)) if found.pools is not None else [],
        profiles=list(_compare_profiles(promise, found)) if found.profiles is not None else [],
    )


def compare_agent(promise: Promise, seen: AgentNetworks) -> Iterator[Finding]:
    """What of one agent's Docker networks is not as promised."""
    yield from network_missing.check(promise, seen)
    own = seen.named(promise.network)
    if len(own) == 1:
        yield from _compare_network(promise, own[0])
    else:
        yield from several_networks_of_one_name.check(promise, seen)
    yield from subnet_used_twice.check(promise, seen)


def _compare_network(promise: Promise, network: DockerNetwork) -> Iterator[Finding]:
    """The fields of the one network; those of another driver's network say nothing more."""
    for check in _FIELD_CHECKS:
        findings = list(check(promise, network))
        yield from findings
        if findings and check is network_other_driver.check:
            return


def _compare_pools(promise: Promise, found: Found) -> Iterator[Finding]:
    pools = found.pools or ()
    yield from pool_missing.check(promise, pools)
    agents = found.agents
    known = {network.id for seen in agents or () for network in seen.networks}
    own = {network.id for seen in agents or () for network in seen.named(promise.network)}
    for pool in pools:
        if pool.name != promise.pool:
            continue
        yield from pool_differs.check(promise, pool)
        # Where no agent has the network, its annotation has nothing to name; without any agent nothing is
        # known about the networks.
        if own or not agents:
            yield from annotation_differs.check(promise, pool, own, known)
        if agents:
            yield from annotation_without_network.check(pool, known)


def _compare_profiles(promise: Promise, found: Found) -> Iterator[Finding]:
    profiles = found.profiles or ()
    yield from profile_missing.check(promise, profiles)
    for profile in profiles:
        if profile.name not in promise.written_profiles:
            continue
        # A profile that was there before the network is used as it is, and never written.
        if profile.name == promise.network or profile.labels.get(MARK_LABEL) == promise.mark:
            yield from profile_differs.check(promised_profile(promise, profile.name), profile)


def promised_profile(promise: Promise, name: str) -> Profile:
    """A profile as the generated ``profile.yaml`` has it: all written ones have the same rules."""
    ingress: dict[str, Any] = {"action": "Allow"}
    if promise.isolated:
        ingress["source"] = {"selector": f"has({promise.network})"}
    return Profile(name, {promise.network: ""}, [ingress], [{"action": "Allow"}], {})
