"""Marathon apps, pods and groups, jobs and Edge-LB pools, as the endpoints that policies see.

A definition says its runtime, the labels that arrive at its endpoint (read where that runtime reads them,
and sanitised as they are on the way), its networks and its ports. It does not say an address.
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Any, NamedTuple

from calico_migrate.marathon.parsed import attachments
from calico_migrate.policy.cluster.ports import Port, checked_ports, declared_ports

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from calico_core.json.pointers import Path
    from calico_migrate.marathon.definitions import Definition

_POOLS = "dcos-edgelb/pools"


class Labels(NamedTuple):
    """The labels that arrive at an endpoint, and those that its definition writes where they are read.

    ``problem`` says why they are lost, where they are.
    """

    arrived: Mapping[str, str]
    written: Mapping[str, str] = {}
    problem: str = ""


class Workload(NamedTuple):
    """One app, pod, job or Edge-LB pool.

    ``id`` is absolute (``/shop/frontend``). ``runtime`` is ``ucr`` or ``docker``, ``mode`` is
    ``container``, ``bridge`` or ``host``, ``networks`` are the names of its container networks in their
    order. ``labels`` and ``ports`` are those on a given network; see the functions. ``path`` and ``line``
    say where the definition stands, ``place`` is its path within the JSON document.
    """

    id: str
    kind: str
    runtime: str
    mode: str
    networks: tuple[str, ...]
    value: Mapping[str, Any]
    path: str
    line: int
    place: Path = ()

    def labels(self, network: str) -> Labels:
        """The labels of its endpoint in a network."""
        return _labels(self, network)

    def ports(self, network: str | None) -> tuple[Port, ...]:
        """The ports that it declares for a network, or for all."""
        return declared_ports(self.kind, self.value, self.mode, network)

    def checked_ports(self, network: str | None) -> tuple[int, ...]:
        """The TCP ports that Marathon itself asks for the app's health, in a network or in all."""
        return checked_ports(self.kind, self.value, self.mode, network)


def read_workloads(
    text: str, path: str = "-", *, default_network: str = "dcos"
) -> tuple[list[Workload], list[str]]:
    """The workloads of a document, and sentences about what was left out.

    ``default_network`` is what a container network without a name stands for. A document that holds no
    definition has none. Raises InputError, with a line, where the text is no JSON.
    """
    from calico_core.errors import InputError
    from calico_core.legible import legible
    from calico_core.spans import Lines
    from calico_migrate.marathon.definitions import walk

    workloads: list[Workload] = []
    notes: list[str] = []
    lines = Lines(text)
    ids = _GroupIds(text)
    try:
        definitions: list[Definition] = []
        walk(text, definitions.append)
        for definition in definitions:
            line = lines.position(definition.start).line
            own = definition.value.get("id")
            if definition.kind == "edgelb-pool":
                if not attachments.attachments(definition.kind, definition.value):
                    notes.append(
                        f"{path}:{line}: an Edge-LB pool without a virtual network is left out; its addresses"
                        " are those of agents"
                    )
                    continue
                own = _pool_id(definition.value)
            if not isinstance(own, str) or not own.strip("/"):
                notes.append(f"{path}:{line}: a definition without an id is left out")
                continue
            if not own.isprintable():
                notes.append(
                    f"{path}:{line}: the id {legible(own)} is none that Marathon takes; it is left out"
                )
                continue
            workloads.append(
                _workload(definition, ids.absolute(definition.path, own), default_network, path, line)
            )
    except InputError as error:
        if error.path is None:
            raise InputError(error.message, path=path, line=error.line, column=error.column) from error
        raise
    return workloads, notes


def _pool_id(value: Mapping[str, Any]) -> object:
    """The id of an Edge-LB pool's service, below its namespace (Edge-LB docs, pool configuration)."""
    name, namespace = value.get("name"), value.get("namespace")
    if not isinstance(name, str):
        return None
    return f"/{namespace if isinstance(namespace, str) and namespace else _POOLS}/{name}"


class _GroupIds:
    """Resolves relative ids within groups; the document is parsed once more only where there are any."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._document: Any = None

    def absolute(self, path: Path, own: str) -> str:
        if own.startswith("/"):
            return _normal(own)
        base = "/"
        if len(path) > 1:
            if self._document is None:
                import json

                self._document = json.loads(self._text.lstrip("\ufeff"))
            holder = self._document
            for step in path:
                base = _below(base, holder)
                holder = holder[step]
        return _normal(posixpath.join(base, own))


def _below(base: str, holder: Any) -> str:
    """The base of ids inside a holder, which may be a group of its own."""
    own = holder.get("id") if isinstance(holder, dict) else None
    return posixpath.join(base, own) if isinstance(own, str) else base


def _normal(identity: str) -> str:
    return "/" + posixpath.normpath("/" + identity).strip("/")


def _workload(definition: Definition, identity: str, default_network: str, path: str, line: int) -> Workload:
    kind, value = definition.kind, definition.value
    names = tuple(
        default_network if attachment.name is None else attachment.name
        for attachment in attachments.attachments(kind, value)
    )
    return Workload(
        identity,
        kind,
        attachments.runtime(kind, value),
        "container" if names else _other_mode(kind, value),
        names,
        value,
        path,
        line,
        definition.path,
    )


def _other_mode(kind: str, value: Mapping[str, Any]) -> str:
    """``bridge`` or ``host``: without any network a task runs on the host (AppNormalization.scala:237)."""
    networks = value.get("networks")
    for entry in networks if isinstance(networks, list) else ():
        if isinstance(entry, dict) and attachments.mode(entry) == "container/bridge":
            return "bridge"
    return "bridge" if kind == "app" and attachments.docker_network(value) == "BRIDGE" else "host"


def _labels(workload: Workload, network: str) -> Labels:
    from calico_migrate.calico.labels import sanitise

    written = dict(_written(workload, network))
    sanitised = sanitise(written, "docker" if workload.runtime == "docker" else "ucr")
    if not sanitised.problems:
        return Labels(sanitised.labels, written)
    first = sanitised.problems[0]
    what = f"the label {first.key!r} is none that Calico takes (its {first.part}: {first.reason})"
    if workload.runtime == "docker":
        return Labels({}, written, f"{what}, and Docker loses all of its labels with it")
    return Labels({}, written, f"{what}, and the task does not start with it")


def _written(workload: Workload, network: str) -> Iterator[tuple[str, str]]:
    if workload.runtime == "docker" and workload.kind == "app":
        for _, parameter in attachments.docker_parameters(workload.value):
            label = attachments.policy_label(parameter)
            if label is not None:
                yield label
    elif workload.runtime == "ucr":
        found = attachments.attachments(workload.kind, workload.value)
        for name, attachment in zip(workload.networks, found, strict=True):
            if name == network:
                for key, value in attachment.labels.items():
                    if isinstance(value, str):
                        yield key, value


def nearest(wanted: str, known: Iterable[str], count: int = 3) -> list[str]:
    """The known ids most like a wanted one, best first."""
    from calico_core.nearest import nearest_ones

    candidates = list(known)
    last = wanted.rstrip("/").rpartition("/")[2]
    same = [identity for identity in candidates if last and identity.rpartition("/")[2] == last]
    # Names are compared without case and without their path too, where the whole is too unlike.
    close = nearest_ones(wanted, candidates, count, cutoff=0.5)
    by_name = {identity.rpartition("/")[2].lower(): identity for identity in candidates}
    named = [by_name[name] for name in nearest_ones(last.lower(), by_name, count)]
    return list(dict.fromkeys([*same, *close, *named]))[:count]
