"""Makes the files of a new Calico network: pure functions from settings to findings and to contents."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calico_migrate.network.promise import ExistingPool, Mode


class GenerationSettings(NamedTuple):
    """What the user wants, before any check.

    ``profile`` empty means the network's own name. ``mode`` None means that of the existing pools or of
    the configuration, else VXLAN. ``agents`` are addresses, and
    ``create_on`` is one of them (empty: the first). ``config_text`` is the text
    of the cluster's ``config.yaml``, whose address ranges then count instead of the defaults.
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
    pools: Sequence[ExistingPool] = ()
    config_text: str | None = None


class GeneratedFile(NamedTuple):
    """The content of a file and its permission bits."""

    content: bytes
    mode: int = 0o644
