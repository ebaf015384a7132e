"""What is asked for the units of a run, and what becomes of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calico_core.sources import Source
    from calico_migrate.network_map import NetworkMap
    from calico_migrate.package.options.exported import Service
    from calico_migrate.package.options.option_files import KnownOptions
    from calico_migrate.package.options.overlays import Overlay
    from calico_migrate.rewriting.inputs import Input
    from calico_migrate.rewriting.outcome import Outcome


class WorkSettings(NamedTuple):
    """What holds for all units of a run.

    The map; whether edits are proved; whether named files that are no definition are passed over; the
    directory of the overlays, None where they are not asked for; and whether only reports are asked for, so
    that other processes need not hand on the texts of files.
    """

    network_map: NetworkMap
    proof: bool = True
    skip_unknown: bool = False
    options_directory: str | None = None
    reports_only: bool = False


class UnitResult(NamedTuple):
    """What became of one unit.

    ``overlays`` are what ``--options-dir`` writes for its packages and exported apps, ``known`` what options
    its package accepts, ``pending`` JSON files that may be option files, which can be told only when all
    packages are known, ``exports`` files with exported services, whose overlays can be named only then.
    """

    outcomes: Sequence[Outcome]
    overlays: Sequence[Overlay] = ()
    known: Sequence[KnownOptions] = ()
    pending: Sequence[tuple[Input, Source]] = ()
    exports: Sequence[tuple[Outcome, Sequence[Service]]] = ()
