"""``cluster snapshot``: what is read, and what is said about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calico_core.exits import ExitCode
from calico_core.legible import escaped
from calico_migrate._version import __version__
from calico_migrate.cli.cluster import options
from calico_migrate.cluster.snapshot import taking

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calico_migrate.cli.cluster.options import Connecting
    from calico_migrate.cli.cluster.saying import Voice


def take_snapshot(
    connecting: Connecting,
    marathons: Sequence[str] | None,
    directory: str,
    default_network: str | None,
    voice: Voice,
) -> ExitCode:
    """Reads the cluster and writes the snapshot; answers the exit code."""
    taking.require_place(directory)
    access = connecting.access(voice)
    wanted = taking.Wanted(marathons, access.url, access.name, options.user(), __version__, default_network)
    taken = taking.take(connecting.reader(access, voice), wanted, voice.warn)
    taking.write(directory, taken, wanted)
    for path, why in taken.unread.items():
        voice.insist(f"unread: {path}: {why}")
    identity = taken.identity
    read = [part for part in taken.parts.values() if part.body is not None]
    size = sum(len(part.body or b"") for part in read)
    voice.done(
        f"{escaped(identity.name or identity.id or identity.url)}: {len(read)} answers, {size:,} bytes, in"
        f" {escaped(directory)}"
    )
    return ExitCode.FOUND if taken.unread else ExitCode.DONE
