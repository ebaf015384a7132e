"""From a path to a diagnosis: everything that is said of one bundle, as values; nothing of it is text yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from calico_core.findings import Severity
from calico_migrate.diagnose import secrets
from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.bundle.opening import open_bundle
from calico_migrate.diagnose.bundle.undecided import UndecidedError, if_known
from calico_migrate.diagnose.estate import pairs
from calico_migrate.diagnose.estate.calico import DEFAULT_POOL
from calico_migrate.diagnose.estate.estate import Estate
from calico_migrate.diagnose.estate.migration import progress
from calico_migrate.diagnose.folding import fold
from calico_migrate.diagnose.judging import judge
from calico_migrate.diagnose.timeline import timeline

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from calico_migrate.diagnose.estate.migration import Progress
    from calico_migrate.diagnose.folding import Folded
    from calico_migrate.diagnose.judgement import Open
    from calico_migrate.diagnose.timeline import Event


class NodeState(NamedTuple):
    """A node, and whether Calico works there: ``ok``, ``broken`` or ``unknown``."""

    address: str
    role: str
    calico: str


class Matrix(NamedTuple):
    """Who has no way to whom: ``nodes`` in order, the pairs that are ``missing``, and those that were
    looked at.
    """

    title: str
    nodes: tuple[str, ...]
    missing: frozenset[tuple[str, str]]
    looked_at: frozenset[tuple[str, str]]


class Diagnosis(NamedTuple):
    """What a bundle is, and what was found in it. ``release``, ``cluster_id`` and ``collected_at`` may be
    unknown.
    """

    path: str
    form: str
    release: str | None
    mode: str
    cluster_id: str | None
    collected_at: datetime | None
    nodes: Sequence[NodeState]
    found: Sequence[Folded]
    open: Sequence[Open]
    asked: Mapping[str, tuple[str, ...]]
    not_asked: Sequence[str]
    modules: Mapping[str, str]
    progress: Progress | None
    matrices: Sequence[Matrix]
    events: Sequence[Event]
    secrets: Sequence[str]
    names: Sequence[str]


def diagnose(path: str, jobs: int = 1) -> Diagnosis:
    """Judges a bundle.

    Raises NotABundleError where it is none, InputError where it cannot be read.
    """
    bundle = open_bundle(path)
    try:
        estate = Estate(bundle, jobs)
        judged = judge(estate)
        found = fold(judged.found)
        return Diagnosis(
            path,
            bundle.form,
            estate.release,
            estate.mode,
            _cluster_id(estate),
            estate.collected_at,
            [NodeState(each.address, each.role, _state(each.address, estate, found, judged.open))
             for each in estate.machines],
            found,
            judged.open,
            judged.asked,
            judged.not_asked,
            judged.modules,
            progress(estate),
            _matrices(estate),
            timeline(estate),
            secrets.holders(bundle),
            _names(estate),
        )  # fmt: skip
    finally:
        bundle.archive.close()


def _names(estate: Estate) -> list[str]:
    """The names of the site that a report may hold: of apps, pods and jobs in any spelling, of pools."""
    found: set[str] = set()
    for ask in (
        lambda: [each.id for each in estate.workloads.apps],
        lambda: [each.id for each in estate.workloads.pods],
        lambda: [each.id for each in estate.workloads.jobs],
    ):
        for identity in if_known(ask) or []:
            parts = identity.strip("/").split("/")
            found |= {identity, "_".join(parts), ".".join(reversed(parts))}
    pools = if_known(lambda: [pool.name for pool in estate.pools]) or []
    return sorted(found | {name for name in pools if name != DEFAULT_POOL})


def _cluster_id(estate: Estate) -> str | None:
    for machine in estate.machines:
        try:
            text = machine.text(names.CLUSTER_ID).strip()
        except UndecidedError:
            continue
        if text and text.isprintable() and len(text) <= 64:
            return text
    return None


def _state(address: str, estate: Estate, found: Sequence[Folded], undecided: Sequence[Open]) -> str:
    """Whether Calico works on a node: broken where an error names it, unknown where one may be hidden."""
    if estate.calico != "on":
        return "unknown"
    if any(each.rule.severity is Severity.ERROR and address in each.places for each in found):
        return "broken"
    if any(each.rule.severity is Severity.ERROR and each.node in ("", address) for each in undecided):
        return "unknown"
    return "ok"


def _matrices(estate: Estate) -> list[Matrix]:
    kinds = {
        "vxlan": (("routes to the other's containers", pairs.missing_routes),
                  ("accepts the other's packets", pairs.missing_peers)),
        "ipip": (("exchanges routes with the other", pairs.bgp_pairs),),
    }.get(estate.mode, ())  # fmt: skip
    found: list[Matrix] = []
    for title, ask in kinds:
        try:
            result = ask(estate)
        except UndecidedError:
            continue
        nodes = tuple(
            dict.fromkeys(
                [
                    *(machine.address for machine in estate.machines),
                    *(target for _, target in result.looked_at),
                ]
            )
        )
        missing = frozenset((pair.source, pair.target) for pair in result.missing)
        found.append(Matrix(title, nodes, missing, frozenset(result.looked_at)))
    return found
