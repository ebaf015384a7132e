"""What small runs cost above an empty program of the same Typer."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from pathlib import Path

from benchmarks import Row, measure, tool
from benchmarks.apps import app
from benchmarks.config import config
from benchmarks.package import specification

TITLE = "start-up"
REFERENCE = (
    "an empty app of the same Typer with one argument; no settings of a project stand around the files"
)

EMPTY_TYPER = """
import typer
app = typer.Typer()
@app.command()
def main(path: str) -> None:
    pass
app()
"""
_POLICY = """
apiVersion: projectcalico.org/v3
kind: NetworkPolicy
metadata: {name: web}
spec:
  selector: app == 'web'
  types: [Ingress]
  ingress:
  - action: Allow
    protocol: TCP
    source: {selector: app == 'db'}
    destination: {ports: [80]}
"""
_BOUND = 1.6

NOTES = """
Where the time goes. `marathon` imports 78 modules beyond those of Typer, in 22 ms where Typer's take 55; 5 of them make
the classes of 36 named tuples. `policy simulate` imports 171, in 57 ms: the Python package of libyaml has 11, what reads
and validates resources as calicoctl does 12, deciding and wording 11, the defaults of config.yaml 4; in all of these, the
classes of a hundred named tuples have 13.
"""


def rows() -> list[Row]:
    """One small file for each of the commands whose start-up counts."""
    here = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        try:
            os.chdir(folder)
            return _rows()
        finally:
            os.chdir(here)


def _rows() -> list[Row]:
    Path("empty_typer.py").write_text(EMPTY_TYPER)
    Path("app.json").write_text(json.dumps(app(0), indent=1))
    Path("config.yaml").write_text(config(1))
    Path("svc.yml").write_text(specification(130))
    Path("policies.yaml").write_text(_POLICY)
    Path("apps.json").write_text(json.dumps([_labelled("web"), _labelled("db")]))
    files = ("--apps", "apps.json", "--policies", "policies.yaml")
    measured = measure(
        {
            "typer": [sys.executable, "empty_typer.py", "app.json"],
            "marathon": tool("marathon", "--check", "app.json"),
            "config": tool("config", "check", "config.yaml"),
            "package": tool("package", "--check", "svc.yml"),
            "simulate": tool("policy", "simulate", *files, "--from", "/db", "--to", "/web"),
        },
        rounds=25,
    )
    empty = measured["typer"].seconds
    return [
        Row("`marathon --check`, one app", measured["marathon"].seconds / empty, 1.15),
        Row("`config check`, a usual file", measured["config"].seconds / empty, _BOUND),
        Row("`package --check`, a svc.yml of 130 lines", measured["package"].seconds / empty, _BOUND),
        Row("`policy simulate`, two apps and a policy in YAML", measured["simulate"].seconds / empty, _BOUND),
    ]


def _labelled(name: str) -> dict[str, object]:
    return {
        "id": f"/{name}",
        "cmd": "serve",
        "container": {"type": "MESOS", "portMappings": [{"containerPort": 80}]},
        "networks": [{"mode": "container", "name": "calico", "labels": {"app": name}}],
    }
