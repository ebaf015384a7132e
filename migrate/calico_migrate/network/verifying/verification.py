"""Compares what a cluster has with what a generated directory promises; no input or output."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from calico_core.findings import in_order
from calico_core.rules import Findings, checks
from calico_migrate.calico.existing import Profile
from calico_migrate.network.promise import MARK_LABEL
from calico_migrate.network.verifying.subjects import (
    AgentSeen,
    AnnotationSeen,
    ClusterSeen,
    NetworkSeen,
    PoolSeen,
    PoolsSeen,
    ProfileSeen,
    ProfilesSeen,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calico_core.findings import Finding
    from calico_migrate.calico.existing import Pool
    from calico_migrate.network.promise import Promise
    from calico_migrate.network.verifying.inspection import AgentNetworks


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
        agents=[of_agent(AgentSeen(promise, seen, promised)) for seen in agents],
        cluster=of_cluster(promise, found),
        pools=of_pools(promise, found) if found.pools is not None else [],
        profiles=of_profiles(promise, found) if found.profiles is not None else [],
    )


def of_agent(agent: AgentSeen) -> list[Finding]:
    """What differs on an agent."""
    return in_order(list(_of_agent(agent)))


def of_cluster(promise: Promise, found: Found) -> list[Finding]:
    """What differs between agents, or concerns none alone."""
    return list(_look(ClusterSeen(promise, found.agents or ())))


def of_pools(promise: Promise, found: Found) -> list[Finding]:
    """What differs in the pools."""
    return list(_of_pools(promise, found))


def of_profiles(promise: Promise, found: Found) -> list[Finding]:
    """What differs in the profiles."""
    return list(_of_profiles(promise, found))


def _look(subject: NamedTuple) -> Findings:
    """What the rules say that look at such a part."""
    for check in checks("calico_migrate.network.rules", type(subject)):
        yield from check(subject)


def _of_agent(agent: AgentSeen) -> Findings:
    yield from _look(agent)
    if len(agent.own) == 1:
        yield from _look(NetworkSeen(agent.promise, agent.own[0]))


def _of_pools(promise: Promise, found: Found) -> Findings:
    pools = found.pools or ()
    yield from _look(PoolsSeen(promise, pools))
    agents = found.agents
    known = {network.id for seen in agents or () for network in seen.networks}
    own = {network.id for seen in agents or () for network in seen.named(promise.network)}
    for pool in pools:
        if pool.name == promise.pool:
            yield from _look(PoolSeen(promise, pool))
            yield from _look(AnnotationSeen(promise, pool, own, known, asked=bool(agents)))


def _of_profiles(promise: Promise, found: Found) -> Findings:
    profiles = found.profiles or ()
    yield from _look(ProfilesSeen(promise, profiles))
    for profile in profiles:
        if profile.name not in promise.written_profiles:
            continue
        # A profile that was there before the network is used as it is, and never written.
        if profile.name == promise.network or profile.labels.get(MARK_LABEL) == promise.mark:
            yield from _look(ProfileSeen(promised_profile(promise, profile.name), profile))


def promised_profile(promise: Promise, name: str) -> Profile:
    """A profile as the generated ``profile.yaml`` has it: all written ones have the same rules."""
    ingress: dict[str, Any] = {"action": "Allow"}
    if promise.isolated:
        ingress["source"] = {"selector": f"has({promise.member_label})"}
    return Profile(name, promise.labels_to_apply, [ingress], [{"action": "Allow"}], {})
