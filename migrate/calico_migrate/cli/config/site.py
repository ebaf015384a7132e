"""Reading what ``config`` is given: the config.yaml itself, and what the operator adds to it."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING, Any

from calico_core.errors import InputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calico_config.options import InstalledPool, Options

# How long a named pipe may stay without a writer.
PATIENCE = 2.0
_MOST_OF_A_LIST = 20_000_000
_RESOURCE_STARTS = ("apiVersion:", "- apiVersion:", "kind:", "items:", "---")


def options(
    dcos_version: str | None,
    reserved: Sequence[str] | None,
    agents: str | None,
    pools: str | None,
    nodes: int | None,
    tasks: int | None,
    link_mtu: int | None,
    cloud: Any,
) -> Options:
    """The options as one value, files read. Raises UsageError and InputError."""
    from calico_config.options import Options, parse_reserved
    from calico_config.parameters import parse_release

    try:
        if dcos_version is not None:
            parse_release(dcos_version)
        ranges = tuple(parse_reserved(text) for text in reserved or ())
    except ValueError as error:
        raise UsageError(str(error)) from error
    return Options(
        dcos_version=dcos_version,
        reserved=ranges,
        agents=_agents(agents) if agents is not None else (),
        pools=_pools(pools) if pools is not None else None,
        nodes=nodes,
        tasks=tasks,
        link_mtu=link_mtu,
        cloud=cloud.value if cloud is not None else None,
    )


def read_file(path: str) -> bytes:
    """The bytes of a config.yaml; a named pipe is read when a writer opens it within two seconds.

    Raises InputError, also for more than the largest file that is read.
    """
    from calico_config.document.reading import MAX_SIZE
    from calico_core.sources import read_bytes

    try:
        waits = path != "-" and stat.S_ISFIFO(os.stat(path).st_mode)
    except (OSError, ValueError):
        waits = False
    if waits:
        return _read_pipe(path, MAX_SIZE)
    try:
        return read_bytes(path, limit=MAX_SIZE)[0]
    except ValueError as error:
        # A path with a NUL byte.
        raise InputError(f"cannot be read: {error}", path=path) from error


def _read_pipe(path: str, limit: int) -> bytes:
    """Opening a pipe waits for its writer: another thread does it, for which nobody waits at the end."""
    from threading import Event, Thread

    from calico_core.sources import reason

    opened = Event()
    result: list[bytes | OSError] = []

    def read() -> None:
        try:
            with open(path, "rb") as pipe:
                opened.set()
                result.append(pipe.read(limit + 1))
        except OSError as error:
            result.append(error)
            opened.set()

    thread = Thread(target=read, daemon=True)
    thread.start()
    if not opened.wait(PATIENCE):
        raise InputError(f"is a named pipe that nobody writes to (waited {PATIENCE:.0f} s)", path=path)
    thread.join()
    (outcome,) = result
    if isinstance(outcome, OSError):
        raise InputError(f"cannot be read: {reason(outcome)}", path=path) from outcome
    if len(outcome) > limit:
        raise InputError(f"is larger than {limit:,} bytes, the most that is read here", path=path)
    return outcome


def _agents(path: str) -> tuple[str, ...]:
    from calico_core.sources import read
    from calico_migrate.network.agents import read_agents

    found = read_agents(read(path, limit=_MOST_OF_A_LIST).text, path)
    return tuple(agent.name for agent in found.agents)


def _pools(path: str) -> tuple[InstalledPool, ...]:
    from calico_config.options import InstalledPool
    from calico_core.sources import read
    from calico_migrate.network.pools import read_pools

    text = _without_preamble(read(path, limit=_MOST_OF_A_LIST).text)
    pools = (pool.existing for pool in read_pools(text, path))
    return tuple(InstalledPool(pool.name, pool.cidr, pool.mode or "none", pool.disabled) for pool in pools)


def _without_preamble(text: str) -> str:
    """A diagnostics bundle's output may begin with calicoctl's warnings; resources have a known start."""
    lines = text.splitlines(keepends=True)
    for number, line in enumerate(lines):
        if line.lstrip()[:1] in ("{", "[") or line.startswith(_RESOURCE_STARTS):
            return "".join(lines[number:])
    return text
