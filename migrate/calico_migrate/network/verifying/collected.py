"""Compares collected files with a promise: one ``docker network inspect`` per agent, pools, profiles."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from calico_core import sources
from calico_core.errors import CalicoMigrateError, InputError, InternalError
from calico_core.report import FileError, FileReport
from calico_migrate.calico.existing import read_pools, read_profiles
from calico_migrate.network.agents import address_problem
from calico_migrate.network.promise import PROMISE_NAME
from calico_migrate.network.running.reporting import KIND, RESOURCE_KIND
from calico_migrate.network.verifying.inspection import AgentNetworks, read_networks
from calico_migrate.network.verifying.subjects import AgentSeen
from calico_migrate.network.verifying.verification import Found, of_agent, of_cluster, of_pools, of_profiles
from calico_migrate.site import read_resources

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from calico_core.findings import Finding
    from calico_migrate.network.generated import Directory

T = TypeVar("T")

# An inspection lists every container of every network: some 500 bytes each.
_LIMIT = 256 * 1024 * 1024
_SUFFIX = ".json"
_MISSING = "this file is missing: nothing was collected from {} (README.md shows how)"


class Collected(NamedTuple):
    """The paths of what was collected; None for what was not."""

    inspections: str | None = None
    pools: str | None = None
    profiles: str | None = None


def verify(directory: Directory, collected: Collected, notes: list[str]) -> list[FileReport]:
    """A report for each file, and one for ``network.json`` with what concerns the cluster as a whole.

    A file that is missing, cannot be read, or shows a fault of the tool, is an error in its report, and so is
    a directory without any inspection; the others are compared all the same. ``notes`` get sentences about
    what was passed over.
    Raises InputError where the directory of inspections cannot be listed.
    """
    agents: list[AgentNetworks] = []
    unread: list[FileReport] = []
    if collected.inspections is not None:
        _inspections(directory, collected, agents, unread)
    found = Found(
        agents if collected.inspections is not None else None,
        _resource_file(collected.pools, read_pools, unread, notes),
        _resource_file(collected.profiles, read_profiles, unread, notes),
    )
    return _reports(directory, found, collected.pools, collected.profiles) + unread


class Texts(NamedTuple):
    """What was read already, each with its path: inspections by agent, pools, profiles."""

    inspections: Mapping[str, tuple[str, str]]
    pools: tuple[str, str] | None
    profiles: tuple[str, str] | None


def verify_texts(directory: Directory, texts: Texts) -> list[FileReport]:
    """The same for texts that were read already, as out of a diagnostics bundle."""
    seen = [_inspected(agent, path, text) for agent, (path, text) in texts.inspections.items()]
    agents = [each for each in seen if isinstance(each, AgentNetworks)]
    unread = [each for each in seen if isinstance(each, FileReport)]
    found = Found(
        agents if texts.inspections else None,
        _resources(texts.pools, read_pools, unread),
        _resources(texts.profiles, read_profiles, unread),
    )
    pools = texts.pools[0] if texts.pools is not None else None
    profiles = texts.profiles[0] if texts.profiles is not None else None
    return _reports(directory, found, pools, profiles) + unread


def _inspected(agent: str, path: str, text: str) -> AgentNetworks | FileReport:
    try:
        return AgentNetworks(agent, path, read_networks(text, path))
    except Exception as error:
        return FileReport(path, KIND, error=_caught(error))


def _resources(
    given: tuple[str, str] | None, reader: Callable[[str, str], T], unread: list[FileReport]
) -> T | None:
    if given is None:
        return None
    path, text = given
    return _read(path, lambda: reader(text, path), unread)


def _read(path: str, read: Callable[[], T], unread: list[FileReport]) -> T | None:
    """What is read of a file; where that fails its report joins those that were not read."""
    try:
        return read()
    except Exception as error:
        unread.append(FileReport(path, RESOURCE_KIND, error=_caught(error)))
        return None


def _caught(error: Exception) -> FileError:
    """What is said of a file on which something failed: the net under each, so that the others go on."""
    return FileError.of(error if isinstance(error, CalicoMigrateError) else InternalError.of(error))


def _reports(directory: Directory, found: Found, pools: str | None, profiles: str | None) -> list[FileReport]:
    promise = directory.promise
    promised = {agent.name for agent in promise.agents}
    reports = [
        _compared(seen.path, KIND, partial(of_agent, AgentSeen(promise, seen, promised)))
        for seen in found.agents or ()
    ]
    cluster = _compared(os.path.join(directory.path, PROMISE_NAME), KIND, partial(of_cluster, promise, found))
    if cluster.findings or cluster.error is not None:
        reports.append(cluster)
    if pools is not None and found.pools is not None:
        reports.append(_compared(pools, RESOURCE_KIND, partial(of_pools, promise, found)))
    if profiles is not None and found.profiles is not None:
        reports.append(_compared(profiles, RESOURCE_KIND, partial(of_profiles, promise, found)))
    return reports


def _compared(path: str, kind: str, compare: Callable[[], list[Finding]]) -> FileReport:
    try:
        return FileReport(path, kind, findings=compare())
    except Exception as error:
        return FileReport(path, kind, error=_caught(error))


def _inspections(
    directory: Directory, collected: Collected, agents: list[AgentNetworks], unread: list[FileReport]
) -> None:
    folder = collected.inspections or ""
    try:
        present = {name for name in os.listdir(folder) if name.endswith(_SUFFIX)}
    except OSError as error:
        raise InputError(f"cannot be listed: {sources.reason(error)}", path=folder) from error
    promised = dict.fromkeys(agent.name for agent in directory.promise.agents)
    others = {os.path.realpath(path) for path in (collected.pools, collected.profiles) if path is not None}
    for agent in promised:
        path = os.path.join(folder, agent + _SUFFIX)
        try:
            if agent + _SUFFIX not in present:
                unread.append(FileReport(path, KIND, error=FileError(_MISSING.format(agent))))
            else:
                agents.append(_one(agent, path))
        except Exception as error:
            unread.append(FileReport(path, KIND, error=_caught(error)))
    for name in sorted(present):
        agent, path = name[: -len(_SUFFIX)], os.path.join(folder, name)
        if agent in promised or address_problem(agent) or (others and os.path.realpath(path) in others):
            continue
        try:
            agents.append(_one(agent, path))
        except InputError as error:
            # A file that nobody promised and that is no inspection belongs to something else, unless no
            # agent was promised: then the files alone say which agents there are.
            if promised:
                unread.append(FileReport(path, KIND, skipped=True))
            else:
                unread.append(FileReport(path, KIND, error=_caught(error)))
        except Exception as error:
            unread.append(FileReport(path, KIND, error=_caught(error)))
    if not agents and not unread:
        problem = "this directory holds no AGENT.json, so that there is nothing to compare"
        unread.append(FileReport(folder, KIND, error=FileError(problem)))


def _one(agent: str, path: str) -> AgentNetworks:
    return AgentNetworks(agent, path, read_networks(sources.read(path, limit=_LIMIT).text, path))


def _resource_file(
    path: str | None, reader: Callable[[str, str], T], unread: list[FileReport], notes: list[str]
) -> T | None:
    return None if path is None else _read(path, lambda: reader(read_resources(path, notes), path), unread)
