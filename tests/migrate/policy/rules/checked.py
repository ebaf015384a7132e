"""Short ways to write policies and apps, and to see what ``policy check`` finds in them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from calico_migrate.policy.checking.checking import check
from calico_migrate.policy.cluster.workloads import read_workloads
from tests.support.places import assert_at_its_pointer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calico_core.findings import Finding


def policy(spec: str, name: str = "a", kind: str = "NetworkPolicy", **metadata: str) -> str:
    """A policy, its spec in YAML's flow style."""
    fields = ", ".join(f"{key}: {value}" for key, value in {"name": name, **metadata}.items())
    return f"apiVersion: projectcalico.org/v3\nkind: {kind}\nmetadata: {{{fields}}}\nspec: {{{spec}}}\n"


def app(
    identity: str,
    network_labels: dict[str, str] | None = None,
    *,
    network: str = "calico",
    ports: Sequence[dict[str, Any]] = (),
    **fields: Any,
) -> dict[str, Any]:
    """An app of Mesos' own runtime in one container network."""
    return {
        "id": identity,
        "cmd": "sleep",
        "container": {"type": "MESOS", "portMappings": list(ports)},
        "networks": [{"mode": "container", "name": network, "labels": network_labels or {}}],
        **fields,
    }


def found(
    rule: str, texts: str | Sequence[str], apps: Sequence[dict[str, Any]] | None = None
) -> list[Finding]:
    """What one rule finds in documents of one file each; each finding stands where its pointer leads."""
    files = [texts] if isinstance(texts, str) else texts
    workloads = None if apps is None else read_workloads(json.dumps(apps))[0]
    reports = check([(f"{number}.yaml", text) for number, text in enumerate(files)], workloads)
    for report, text in zip(reports, files, strict=True):
        assert report.error is None
        for finding in report.findings:
            if finding.rule == rule:
                assert_at_its_pointer(finding, text)
        refused = [finding for finding in report.findings if finding.rule.startswith("invalid-")]
        assert refused == []
    return [finding for report in reports for finding in report.findings if finding.rule == rule]
