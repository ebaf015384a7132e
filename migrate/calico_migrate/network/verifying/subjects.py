"""What the rules of a verification look at: each a part of a cluster beside what was promised of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from calico_migrate.network.promise import DRIVER, IPAM_DRIVER

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from calico_migrate.calico.existing import Pool, Profile
    from calico_migrate.network.promise import Promise
    from calico_migrate.network.verifying.inspection import AgentNetworks, DockerNetwork


class AgentSeen(NamedTuple):
    """One agent's Docker networks; ``promised`` are the names of all agents in the promise."""

    promise: Promise
    seen: AgentNetworks
    promised: Collection[str] = frozenset()

    @property
    def own(self) -> tuple[DockerNetwork, ...]:
        """The networks of the promised name."""
        return self.seen.named(self.promise.network)


class NetworkSeen(NamedTuple):
    """The one Docker network of the promised name on an agent."""

    promise: Promise
    network: DockerNetwork

    @property
    def is_calicos(self) -> bool:
        """Whether Calico made it; the fields of another driver's network say nothing more."""
        return self.network.driver == DRIVER and self.network.ipam_driver == IPAM_DRIVER


class ClusterSeen(NamedTuple):
    """The Docker networks of all agents together."""

    promise: Promise
    agents: Sequence[AgentNetworks]


class PoolsSeen(NamedTuple):
    """All IP pools."""

    promise: Promise
    pools: Sequence[Pool]


class PoolSeen(NamedTuple):
    """The IP pool of the promised name."""

    promise: Promise
    pool: Pool


class AnnotationSeen(NamedTuple):
    """The annotations of the promised pool.

    ``own`` are the ids of the Docker networks of the promised name, ``known`` those of all networks; both
    are empty where no agent was looked at, which ``asked`` tells.
    """

    promise: Promise
    pool: Pool
    own: Collection[str]
    known: Collection[str]
    asked: bool = True


class ProfilesSeen(NamedTuple):
    """All profiles."""

    promise: Promise
    profiles: Sequence[Profile]


class ProfileSeen(NamedTuple):
    """A profile, and what the generated file has of that name."""

    wanted: Profile
    found: Profile
