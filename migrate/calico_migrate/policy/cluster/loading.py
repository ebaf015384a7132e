"""From files to a model: apps, policies, config.yaml, pools and agents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from calico_core import sources
from calico_core.errors import InputError
from calico_migrate.policy.cluster.model import compile_resources
from calico_migrate.policy.compiled.resources import ResourceError
from calico_migrate.rewriting.inputs import gather

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from calico_migrate.policy.cluster.model import Resources
    from calico_migrate.policy.cluster.scenario import Scenario
    from calico_migrate.policy.cluster.site import Site
    from calico_migrate.policy.cluster.workloads import Workload
    from calico_migrate.site import SiteFiles

_LARGEST = 64 << 20
_POLICIES = ("NetworkPolicy", "GlobalNetworkPolicy")
_KINDS = ("NetworkPolicy", "NetworkSet", "HostEndpoint", "IPPool", "FelixConfiguration")


class Apps(NamedTuple):
    """The workloads behind some paths; ``errors`` are those of files that could not be read."""

    workloads: list[Workload]
    notes: list[str]
    errors: list[InputError]


def load_apps(paths: Sequence[str]) -> Apps:
    """The workloads of files and directories (``*.json``), in order.

    A named file without a definition is an error, one found in a directory is passed over; no definition
    at all is an error too.
    """
    from calico_migrate.policy.cluster.workloads import read_workloads

    apps = Apps([], [], [])
    inputs = gather(paths, lambda name: name.endswith(".json"))
    apps.errors.extend(_failures(inputs.failures))
    for entry in inputs.files:
        try:
            found, notes = read_workloads(sources.read(entry.path, limit=_LARGEST).text, entry.path)
            if not found and not notes and entry.named:
                raise InputError("holds no Marathon app, pod or group", path=entry.path)  # noqa: TRY301
        except InputError as error:
            apps.errors.append(error)
            continue
        apps.workloads.extend(found)
        apps.notes.extend(notes)
    if not apps.workloads and not apps.errors:
        apps.errors.append(InputError(f"no Marathon app, pod or group in {', '.join(paths)}"))
    return apps


class Policies(NamedTuple):
    """Compiled resources; ``errors`` tell of those that Calico would refuse, which are left out."""

    resources: Resources
    errors: list[InputError]


def load_policies(paths: Sequence[str], *, none_is_fine: bool = False) -> Policies:
    """The resources of files and directories (``*.yaml``, ``*.yml``, ``*.json``), in order.

    Raises InputError for a file that cannot be read, and where there is none, unless ``none_is_fine``.
    """
    errors: list[InputError] = []
    return _compiled(_documents(paths, errors, none_is_fine=none_is_fine), errors)


def policy_names(paths: Sequence[str]) -> tuple[str, ...]:
    """The policies of files and directories as calicoctl names them, ``KIND/NAME``, sorted.

    Raises InputError for a file that cannot be read, for what Calico would refuse, and where there is none.
    """
    errors: list[InputError] = []
    documents = _documents(paths, errors)
    if errors:
        raise errors[0]
    found = {(each["kind"], each["metadata"]["name"]) for each in documents if each["kind"] in _POLICIES}
    if not found:
        raise InputError(f"no policy in {', '.join(paths)}")
    return tuple(sorted(f"{kind}/{name}" for kind, name in found))


def _documents(
    paths: Sequence[str], errors: list[InputError], *, none_is_fine: bool = False
) -> list[dict[str, Any]]:
    """The resources of files and directories; ``errors`` get those that Calico would refuse."""
    inputs = gather(paths, lambda name: name.endswith((".yaml", ".yml", ".json")))
    for failure in _failures(inputs.failures):
        raise failure
    documents: list[dict[str, Any]] = []
    read = 0
    for entry in inputs.files:
        text = sources.read(entry.path, limit=_LARGEST).text
        if entry.named or may_hold_resources(text):
            documents += read_documents(text, entry.path, errors)
            read += 1
    if not read and not none_is_fine:
        raise InputError(f"no policy file in {', '.join(paths)}")
    return documents


def policies_of(texts: Iterable[tuple[str, str]]) -> Policies:
    """The resources of texts that were read already, each with its path, in order."""
    errors: list[InputError] = []
    return _compiled(
        [document for path, text in texts for document in read_documents(text, path, errors)], errors
    )


def _compiled(documents: list[dict[str, Any]], errors: list[InputError]) -> Policies:
    try:
        return Policies(compile_resources(documents), errors)
    except ResourceError as error:
        raise InputError(str(error)) from error


def may_hold_resources(text: str) -> bool:
    """Whether a file that was found in a directory is one of Calico's, or looks as if it was meant to be."""
    return "projectcalico.org" in text or any(kind in text for kind in _KINDS)


def read_documents(text: str, path: str, errors: list[InputError]) -> list[dict[str, Any]]:
    """The resources of one file as calicoctl reads it.

    What it would refuse is left out, and ``errors`` get the reason, with its line.
    """
    from calico_migrate.calico import read
    from calico_migrate.calico.reading.problems import to_findings

    reading = read(text)
    titles = {
        id(resource.refusal): f"{resource.kind}/{resource.name}"
        for resource in reading.resources
        if resource.refusal is not None
    }
    for problem in sorted(reading.problems, key=lambda one: one.offset):
        if problem.refuses:
            (finding,) = to_findings(reading.text, [problem])
            title = titles.get(id(problem))
            left_out = f"{title} is left out: " if title else "left out: "
            hint = f"; {finding.hint}" if finding.hint else ""
            message = f"{left_out}{finding.rule}: {finding.message}{hint}"
            errors.append(InputError(message, path=path, line=finding.line, column=finding.column))
    return [
        {"kind": resource.kind, "metadata": resource.metadata, "spec": resource.spec}
        for resource in reading.resources
        if resource.valid
    ]


def load_site(files: SiteFiles) -> tuple[Site, tuple[str, ...]]:
    """The cluster's ranges from the named files, and sentences about what was passed over.

    Raises InputError where a file cannot be read.
    """
    from calico_migrate.policy.cluster.site import build_site
    from calico_migrate.site import read_site

    found = read_site(files)
    return build_site(found.facts, found.pools or (), [agent.name for agent in found.agents]), found.notes


def _failures(reports: Sequence[Any]) -> list[InputError]:
    return [
        InputError(report.error.message, path=report.path, line=report.error.line, column=report.error.column)
        for report in reports
    ]


def load_scenario(path: str) -> Scenario:
    """The scenario in a JSON file. Raises InputError with its line where it cannot be understood."""
    import json

    from calico_migrate.policy.cluster.scenario import ScenarioError, read_scenario

    text = sources.read(path, limit=_LARGEST).text
    try:
        return read_scenario(json.loads(text.removeprefix("\ufeff")))
    except json.JSONDecodeError as error:
        raise InputError(
            f"is no JSON: {error.msg}", path=path, line=error.lineno, column=error.colno
        ) from None
    except RecursionError:
        raise InputError("is nested too deeply for a scenario", path=path) from None
    except ScenarioError as error:
        line, column = _place_in_json(text, error.place)
        raise InputError(str(error), path=path, line=line, column=column) from None


def _place_in_json(text: str, place: str) -> tuple[int, int]:
    """Where a place such as ``policies[0].spec.selector``, or the nearest thing around it, stands."""
    import re

    from calico_core.json import scanning
    from calico_core.json.locating import Locator
    from calico_core.spans import Lines

    path: tuple[str | int, ...] = tuple(
        int(part[1:-1]) if part.startswith("[") else part for part in re.findall(r"\[\d+\]|[^.\[\]]+", place)
    )
    locator = Locator(text, scanning.begin(text))
    while path:
        try:
            return Lines(text).position(locator.start(path))
        except (KeyError, IndexError):  # noqa: PERF203 - each failure shortens the path
            path = path[:-1]
    return Lines(text).position(locator.start(()))
