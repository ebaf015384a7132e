"""A diagnosis in words: what the bundle is, the verdict, and below the findings what is undecided and the
migration.

Everything is taken from the finished report of the file, so that text never says more than JSON does.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from calico_core.findings import Severity
from calico_core.words import counted, listed

if TYPE_CHECKING:
    from calico_core.findings import Finding
    from calico_core.report import FileReport

_FORMS = {
    "cluster": "a bundle of the cluster",
    "legacy": "a legacy bundle",
    "node": "a bundle of one node",
    "directory": "an extracted bundle",
    "collector": "what the collector script made",
    "unknown": "a bundle",
}
_MODES = {"vxlan": "VXLAN", "ipip": "IPIP", "off": "Calico switched off", "none": "no Calico",
          "unknown": "mode unknown"}  # fmt: skip
_REASONS = {
    "failed": "could not be collected",
    "cut": "ended early",
    "not-collected": "is never collected there",
    "too-large": "is too large",
    "absent": "is not there",
}


def identity(file: FileReport) -> str:
    """The first line: form, release, mode, nodes and time."""
    bundle = _extra(file)["bundle"]
    roles = Counter(node["role"] for node in bundle["nodes"])
    nodes = [
        counted(roles[role], word)
        for role, word in (("master", "master"), ("agent", "agent"), ("agent_public", "public agent"))
        if roles[role]
    ]
    parts = [
        f"DC/OS {bundle['release']}" if bundle["release"] else "DC/OS of unknown release",
        _MODES[bundle["mode"]],
        f"{_FORMS[bundle['form']]} with {listed(nodes) if nodes else 'no node'}",
        f"made {bundle['collected_at']}" if bundle["collected_at"] else "made at an unknown time",
    ]
    return ", ".join(parts)


def verdict(file: FileReport) -> str:
    """The second line: whether Calico is broken, and where."""
    bundle = _extra(file)["bundle"]
    nodes = bundle["nodes"]
    if bundle["mode"] in ("off", "none"):
        return "Calico: none; only the migration, and what it needs, is judged"
    broken = [node["address"] for node in nodes if node["calico"] == "broken"]
    unknown = sum(node["calico"] == "unknown" for node in nodes)
    errors = sum(finding.severity is Severity.ERROR for finding in file.findings)
    if broken:
        return f"Calico: broken on {len(broken)} of {counted(len(nodes), 'node')}: {listed(broken)}"
    if errors:
        return f"Calico: broken, {counted(errors, 'error')} about the cluster as a whole"
    if unknown:
        return f"Calico: no error found, but {unknown} of {counted(len(nodes), 'node')} cannot be judged"
    return "Calico: ok" + (f" on {counted(len(nodes), 'node')}" if nodes else "")


def whom(finding: Finding) -> str:
    """The nodes of a finding, as the end of its line; empty for the cluster."""
    extra = finding.extra or {}
    places = [extra["node"]] if extra.get("node") else list(extra.get("nodes") or ())
    return f" on {listed(places)}" if places else ""


def proofs(finding: Finding) -> list[str]:
    """The evidence and the source of a finding, a line each."""
    extra = finding.extra or {}
    lines = [
        f"    {piece['file']}{':' + str(piece['line']) if piece['line'] is not None else ''}"
        f"{': ' + piece['text'] if piece['text'] else ''}"
        for piece in extra.get("evidence", ())
    ]
    return [*lines, f"    source: {finding.source}"] if finding.source else lines


def undecided(file: FileReport, not_asked: int) -> list[str]:
    """What could not be judged, by reason and item, and the causes of it."""
    entries = _extra(file)["undecided"]
    lines: list[str] = []
    if entries:
        causes = ("etcd-no-quorum", "bundle-truncated", "node-not-collected")
        found = {finding.rule for finding in file.findings}
        why = [cause for cause in causes if cause in found]
        lines.append(
            f"{counted(len(entries), 'judgement')} undecided"
            + (f", because of {listed(why)}" if why else "")
            + ":"
        )
        groups: dict[tuple[str, str], list[dict[str, Any]]] = {}
        for entry in entries:
            groups.setdefault((entry["item"], entry["reason"]), []).append(entry)
        for (item, reason), group in sorted(groups.items(), key=lambda each: (-len(each[1]), each[0])):
            rules = list(dict.fromkeys(entry["rule"] for entry in group))
            nodes = list(dict.fromkeys(entry["node"] for entry in group if entry["node"]))
            where = f" ({listed(nodes)})" if nodes else ""
            lines.append(f"    {item} {_REASONS[reason]}{where}: {listed(rules, 6)}")
    if not_asked:
        lines.append(
            f"{counted(not_asked, 'rule')} not asked: pairs of nodes and Calico's lists are not in a"
            f" bundle of one node"
        )
    return lines


def migration(file: FileReport) -> list[str]:
    """The migration as a table."""
    found = _extra(file)["migration"]
    if not found:
        return []
    rows = [("network", "apps", "pods", "jobs", "tasks")]
    rows += [
        (name, *(str(counts[key]) for key in ("apps", "pods", "jobs", "tasks")))
        for name, counts in found["networks"].items()
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    lines = ["migration:"]
    for row in rows:
        cells = [
            row[0].ljust(widths[0]),
            *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)),
        ]
        lines.append("    " + "  ".join(cells).rstrip())
    left = found["left"]
    if left:
        lines.append(f"    left on the overlay: {listed([each['id'] for each in left], 20)}")
    addresses = found["addresses"]
    lines += [
        f"    pool {pool['name']} ({pool['cidr']}): {pool['blocks_used']} of"
        f" {counted(pool['blocks'], 'block')} used, {counted(pool['endpoints'], 'endpoint')}"
        for pool in addresses["pools"]
    ]
    if addresses["needed"]:
        enough = {True: "there is room", False: "there is not enough room", None: "pools are not known"}
        lines.append(
            f"    {counted(addresses['needed'], 'address', 'addresses')} needed for the rest:"
            f" {enough[addresses['enough']]}"
        )
    return lines


def secrets(file: FileReport) -> list[str]:
    """Which members hold secrets, before somebody mails the bundle on."""
    held = _extra(file)["secrets"]
    if not held:
        return []
    return [f"this bundle holds secrets in {counted(len(held), 'file')}: {listed(held, 6)}"]


NOT_COLLECTED = (
    "no bundle has docker's networks, BGP peers, host endpoints, CNI files or certificates:"
    " `calico-migrate diagnose --collector` prints a script that collects them on a node"
)


def _extra(file: FileReport) -> dict[str, Any]:
    return file.extra or {}
