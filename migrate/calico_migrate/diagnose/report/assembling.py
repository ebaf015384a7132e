"""A diagnosis as one file of the report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from calico_core.report import FileError, FileReport
from calico_core.words import listed
from calico_migrate.diagnose.report.cleaning import Anonymiser, quote, sentence
from calico_migrate.diagnose.rules.bundle import bundle_unrecognised

if TYPE_CHECKING:
    from datetime import datetime

    from calico_core.errors import CalicoMigrateError
    from calico_core.findings import Finding
    from calico_migrate.diagnose.diagnosis import Diagnosis
    from calico_migrate.diagnose.estate.migration import Progress
    from calico_migrate.diagnose.folding import Folded

KIND = "diagnostics-bundle"
UNKNOWN_BUNDLE: dict[str, Any] = {
    "form": "unknown",
    "release": None,
    "mode": "unknown",
    "cluster_id": None,
    "collected_at": None,
    "nodes": [],
}


def file_report(diagnosis: Diagnosis, hider: Anonymiser | None = None) -> FileReport:
    """The report of a bundle, with made-up addresses and names where ``hider`` is given."""
    extra: dict[str, Any] = {
        "bundle": {
            "form": diagnosis.form,
            "release": diagnosis.release,
            "mode": diagnosis.mode,
            "cluster_id": diagnosis.cluster_id,
            "collected_at": _time(diagnosis.collected_at),
            "nodes": [node._asdict() for node in diagnosis.nodes],
        },
        "undecided": [
            {"rule": each.rule.id, "node": each.node or None, "reason": each.reason.value, "item": each.item}
            for each in diagnosis.open
        ],
        "migration": _migration(diagnosis.progress),
        "secrets": [sentence(name) for name in diagnosis.secrets],
    }
    findings = [_finding(each) for each in diagnosis.found]
    if hider is not None:
        extra = hider.value(extra)
        if isinstance(extra["migration"], dict):
            networks = extra["migration"]["networks"]
            extra["migration"]["networks"] = {hider.text(name): counts for name, counts in networks.items()}
        findings = [
            each._replace(
                message=hider.text(each.message), hint=hider.text(each.hint), extra=hider.value(each.extra)
            )
            for each in findings
        ]
    return FileReport(diagnosis.path, KIND, findings=findings, extra=extra)


def failed_report(path: str, error: CalicoMigrateError, *, unrecognised: bool) -> FileReport:
    """The report of an input that is no bundle or cannot be read."""
    return FileReport(
        path,
        KIND,
        findings=[bundle_unrecognised.finding(sentence(error.message))] if unrecognised else [],
        error=FileError.of(error),
        extra={"bundle": UNKNOWN_BUNDLE, "undecided": [], "migration": None, "secrets": []},
    )


def anonymiser(diagnosis: Diagnosis) -> Anonymiser:
    """Hides the names that a diagnosis has."""
    own = [diagnosis.cluster_id] if diagnosis.cluster_id else []
    return Anonymiser([*own, *diagnosis.names])


def message_of(each: Folded) -> str:
    """What is wrong, with what differs from node to node."""
    text = each.message
    if len(each.details) == 1:
        text += f" ({each.details[0][1]})"
    elif each.details and len(each.details) <= 3:
        text += (
            " (" + "; ".join(f"{node}: {detail}" if node else detail for node, detail in each.details) + ")"
        )
    return sentence(text)


def hint_of(each: Folded) -> str:
    """What to do; first about what it follows from."""
    first = f"it follows from {listed(each.because)}, which comes first; else: " if each.because else ""
    return sentence(first + each.hint)


def _finding(each: Folded) -> Finding:
    extra = {
        "node": each.node or None,
        "nodes": list(each.nodes),
        "evidence": [
            {"file": sentence(piece.file), "line": piece.line, "text": quote(piece.text, piece.focus)}
            for piece in each.evidence
        ],
    }
    finding = each.rule.finding(message_of(each), hint=hint_of(each))
    return finding._replace(extra=extra)


def _migration(progress: Progress | None) -> dict[str, Any] | None:
    if progress is None:
        return None
    return {
        "networks": {sentence(name): counts._asdict() for name, counts in progress.networks.items()},
        "left": [
            {"id": sentence(each.id), "network": sentence(each.network), "kind": each.kind}
            for each in progress.left
        ],
        "addresses": {
            "pools": [
                {
                    "name": sentence(pool.name),
                    "cidr": pool.cidr,
                    "blocks": pool.blocks,
                    "blocks_used": pool.blocks_used,
                    "endpoints": pool.endpoints,
                }
                for pool in progress.pools
            ],
            "needed": progress.needed,
            "enough": progress.enough,
        },
    }


def _time(moment: datetime | None) -> str | None:
    return moment.isoformat().replace("+00:00", "Z") if moment is not None else None
