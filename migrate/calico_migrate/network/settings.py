"""What the user wants of a new network, before any check."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calico_config.facts.facts import Facts
    from calico_migrate.calico.existing import Mode, Pool


class GenerationSettings(NamedTuple):
    """What the user wants, before any check.

    ``profile`` empty means the network's own name. ``mode`` None means that of the existing pools or of
    the configuration, else VXLAN. ``agents`` are addresses, and ``create_on`` is one of them (empty: the
    first). ``configuration`` has the facts of the cluster's ``config.yaml``, whose address ranges then count
    instead of the defaults.
    """

    name: str
    cidr: str
    profile: str = ""
    mode: Mode | None = None
    block_size: int = 26
    isolated: bool = False
    shared_pool: bool = False
    agents: Sequence[str] = ()
    create_on: str = ""
    pools: Sequence[Pool] = ()
    configuration: Facts | None = None

    @property
    def profile_name(self) -> str:
        """The profile of Docker's containers."""
        return self.profile or self.name

    @property
    def creator(self) -> str:
        """The agent whose script makes the network; empty where no agent is known."""
        return self.create_on or (self.agents[0] if self.agents else "")
