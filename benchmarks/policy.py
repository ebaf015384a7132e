"""Benchmarks of ``calico-migrate policy matrix``: a thousand apps, each with a label of its own."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks import Row, in_process, measure, tool

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

TITLE = "`policy matrix`: 1,000 apps with 1,000 different labels and 200 policies"
REFERENCE = "`json.dumps` of the report that the command writes, in the same process"

_APPS = 1000
_POLICIES = 200
_MANY = 1000
_MOST = 5000


def rows() -> list[Row]:
    """The whole command, its parts, and what one cell costs in a matrix of half the width."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "apps.json").write_text(json.dumps(_apps(_APPS)))
        (root / "policies.yaml").write_text(_yaml(_policies(_APPS, _POLICIES)))
        command = tool(
            "policy", "matrix", "--apps", f"{root}/apps.json", "--policies", f"{root}/policies.yaml"
        )
        whole = measure(
            {"json": [*command, "--format", "json"], "html": [*command, "--html", f"{root}/x.html"]}, rounds=3
        )
        asked = [*_question(root), *_large_page(root)]
    calls, report, half = _calls()
    seconds = in_process(calls, rounds=5)
    reference = seconds["dumps"]
    cells = len(report["cells"]) ** 2
    per_cell = (seconds["half"] / half) / (seconds["matrix"] / cells)
    return [
        *asked,
        Row(
            "the whole command, JSON",
            whole["json"].seconds / reference,
            bound=25,
            note=f"{whole['json'].seconds:.1f} s on one core (10 s is the aim), {cells:,} cells",
        ),
        Row("the whole command, table and page", whole["html"].seconds / reference, bound=30),
        Row("deciding all cells", seconds["matrix"] / reference, bound=15),
        Row("grouping the apps", seconds["group"] / reference, bound=1),
        Row("a cell of a matrix of half the width, in cells of the whole one", per_cell, bound=2),
    ]


def _question(root: Path) -> list[Row]:
    """One question to 1,000 apps and 1,000 policies."""
    (root / "many.yaml").write_text(_yaml(_policies(_APPS, _MANY)))
    files = ("--apps", f"{root}/apps.json", "--policies", f"{root}/many.yaml")
    sides = ("--from", "/team-0/app-0", "--to", "/team-11/app-11")
    measured = measure(
        {
            "simulate": tool("policy", "simulate", *files, *sides),
            "pass": [sys.executable, "-c", "pass"],
        },
        rounds=5,
    )
    ratio = measured["simulate"].seconds / measured["pass"].seconds
    return [
        Row(
            f"`policy simulate`, {_APPS:,} apps and {_MANY:,} policies", ratio, 40, 30,
            "reference: `python -c pass`",
        )
    ]  # fmt: skip


def _large_page(root: Path) -> list[Row]:
    """The page about 5,000 different apps, in MB, and the time for a million pairs of apps."""
    (root / "most.json").write_text(json.dumps(_apps(_MOST)))
    (root / "most.yaml").write_text(_yaml(_policies(_MOST, _POLICIES)))
    page = root / "most.html"
    files = ("--apps", f"{root}/most.json", "--policies", f"{root}/most.yaml")
    took = measure({"page": tool("policy", "matrix", *files, "--html", str(page))}, rounds=1)["page"].seconds
    name = f"{_MOST:,} different apps and {_POLICIES} policies"
    return [
        Row(f"the page about {name}, MB", page.stat().st_size / 1e6, 50),
        Row(
            f"{name}, for a million pairs of them", took / (_MOST / 1000) ** 2, None, 1,
            f"seconds; {took:.0f} s on one core in all",
        ),
    ]  # fmt: skip


def _calls() -> tuple[Mapping[str, Callable[[], object]], dict[str, Any], int]:
    from calico_migrate.policy.answering import reports
    from calico_migrate.policy.answering.grouping import group
    from calico_migrate.policy.answering.matrix import build_matrix

    model, small = _model(_APPS, _POLICIES), _model(_APPS // 2, _POLICIES // 2)
    groups, few = group([model]), group([small])
    report = reports.matrix(build_matrix(model, groups, same_agent=False))
    return (
        {
            "dumps": lambda: json.dumps(report, ensure_ascii=False),
            "group": lambda: group([model]),
            "matrix": lambda: build_matrix(model, groups, same_agent=False),
            "half": lambda: build_matrix(small, few, same_agent=False),
        },
        report,
        len(few) ** 2,
    )


def _model(apps: int, policies: int) -> Any:
    from calico_migrate.policy.cluster.model import Model, compile_resources
    from calico_migrate.policy.cluster.site import default_site
    from calico_migrate.policy.cluster.workloads import read_workloads

    workloads, _ = read_workloads(json.dumps(_apps(apps)))
    return Model(compile_resources(_policies(apps, policies)), workloads, default_site())


def _apps(count: int) -> list[dict[str, Any]]:
    """Apps in twenty folders with two ports each."""
    return [
        {
            "id": f"/team-{number % 20}/app-{number}",
            "cmd": "serve",
            "container": {
                "type": "MESOS",
                "portMappings": [{"containerPort": 8000 + number % 7}, {"containerPort": 9100}],
            },
            "networks": [
                {
                    "mode": "container",
                    "name": "calico",
                    "labels": {"app": f"app-{number}", "team": f"{number % 20}"},
                }
            ],
        }
        for number in range(count)
    ]


def _policies(apps: int, count: int) -> list[dict[str, Any]]:
    """Policies that tell every app from every other one."""
    share = apps // count
    documents = []
    for number in range(count):
        own = [f"app-{number * share + index}" for index in range(share)]
        rules: list[dict[str, Any]] = [
            {
                "action": "Allow",
                "protocol": "TCP",
                "source": {"selector": f"app == '{name}' || team == '{(number + index) % 20}'"},
                "destination": {"ports": [9100, "8000:8003"]},
            }
            for index, name in enumerate(own)
        ]
        documents.append(
            {
                "apiVersion": "projectcalico.org/v3",
                "kind": "NetworkPolicy",
                "metadata": {"name": f"policy-{number}"},
                "spec": {
                    "order": number,
                    "selector": "app in {" + ", ".join(f"'{name}'" for name in own) + "}",
                    "types": ["Ingress"],
                    "ingress": rules,
                },
            }
        )
    return documents


def _yaml(documents: list[dict[str, Any]]) -> str:
    """YAML documents; JSON is YAML too."""
    return "\n---\n".join(json.dumps(document) for document in documents) + "\n"
