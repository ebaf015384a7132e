"""Metronome itself would refuse the job.

Metronome reads the networks of a job more strictly than Marathon reads those of an app: a mode is required,
and spelled exactly; only a job with a container joins a container network or the bridge; a network of the
host has neither name nor labels, the bridge has no name. Several networks must all be container networks,
with names of their own, of a job that runs under UCR.

Example:
    "run": {"cmd": "./report", "networks": [{"mode": "container", "name": "calico"}]}

Give the job a container (`run.docker` or `run.ucr`), and each network its mode; keep one of several networks
under Docker.
"""

from collections.abc import Iterator
from typing import Any

from calico_core.findings import Finding
from calico_core.json.pointers import Path
from calico_core.rules import Findings, error
from calico_migrate.marathon.parsed.marks import Mark
from calico_migrate.marathon.parsed.placeholders import has_placeholder
from calico_migrate.marathon.subject import Subject
from calico_migrate.network_map import NAME_IN_WORDS, is_network_name

RULE = error(
    __name__,
    source="dcos/metronome jobs JobRunSpec.scala:49-77, 142-148, Network.scala;"
    " api v1 models package.scala:51-66",
)
WATCHES = (Mark.JOB_NETWORKS,)

_MODES = ("container", "container/bridge", "host")
_NETWORKS: Path = ("run", "networks")


def check(subject: Subject) -> Findings:
    """What Metronome would refuse about the networks of a job."""
    run = subject.value["run"] if subject.kind == "job" else {}
    networks = run.get("networks")
    if networks is None:
        return
    if not isinstance(networks, list):
        yield _refused(subject, _NETWORKS, "networks is no array")
        return
    contained = isinstance(run.get("docker"), dict) or isinstance(run.get("ucr"), dict)
    for index, entry in enumerate(networks):
        path = (*_NETWORKS, index)
        if not isinstance(entry, dict):
            yield _refused(subject, path, "an entry of networks is no object")
            continue
        mode = entry.get("mode")
        if mode is None:
            yield _refused(subject, path, "a network without a mode; Metronome has no default for it")
        elif mode not in _MODES and not has_placeholder(mode):
            words = f"there is no mode {mode!r}; the modes are {', '.join(_MODES)}, spelled exactly so"
            yield _refused(subject, (*path, "mode"), words)
        elif mode in _MODES[:2] and not contained:
            yield _refused(subject, path, "Only containers may join container or bridge networks")
        for key, words in _of_entry(entry):
            yield _refused(subject, (*path, key), words)
    modes: list[Any] = [entry.get("mode") for entry in networks if isinstance(entry, dict)]
    if len(modes) > 1 and all(mode in _MODES for mode in modes):
        for words in _of_several(set(modes), subject.networks, docker=isinstance(run.get("docker"), dict)):
            yield _refused(subject, _NETWORKS, words)


def _of_several(modes: set[str], names: list[str | None], *, docker: bool) -> Iterator[str]:
    """What is wrong with several networks; ``names`` are those of the container networks afterwards."""
    if len(modes) > 1:
        yield (
            "You may not mix host, container, or container/bridge networking. Only define one kind of network"
        )
    elif modes != {"container"}:
        yield "Only one host or container/bridge network modes are allowed"
    elif docker and len(names) > 1:
        yield "Docker does not allow specification of multiple networks"
    twice = sorted({name for name in names if name and names.count(name) > 1 and not has_placeholder(name)})
    if twice:
        yield f"network names must be unique: {', '.join(twice)} stands there twice"


def _of_entry(entry: dict[str, Any]) -> list[tuple[str, str]]:
    """What is wrong with the name and the labels of a network: the key and the words for it."""
    mode, name = entry.get("mode"), entry.get("name")
    if mode == "host":
        return [
            (key, f"the {key} must be empty for a host network")
            for key in ("name", "labels")
            if entry.get(key)
        ]
    if mode == "container/bridge":
        return [("name", "the name must be empty for a bridge network")] if name else []
    if isinstance(name, str) and not is_network_name(name) and not has_placeholder(name):
        return [("name", NAME_IN_WORDS)]
    return []


def _refused(subject: Subject, path: Path, words: str) -> Finding:
    return subject.finding(
        RULE,
        path,
        f"Metronome would refuse this: {words}",
        hint="change the job before sending it",
    )
