"""What the real engines rendered, as far as the files are beside this checkout."""

from __future__ import annotations

import csv
import hashlib
import json
from typing import TYPE_CHECKING

from calico_migrate.mustache import package_manager, scheduler, tokens

if TYPE_CHECKING:
    from pathlib import Path


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def test_the_scheduler_renders_every_recorded_service_specification(shared: Path) -> None:
    corpus = shared / "corpus"
    wrong, count = [], 0
    for line in _text(corpus / "svc-renders.jsonl").splitlines():
        record = json.loads(line)
        path = corpus / "svc" / record["file"]
        if not path.exists():
            continue
        count += 1
        rendering = scheduler.render(tokens.parse(_text(path)), record["env"])
        if _hash(rendering.text) != record["sha256_16"]:
            wrong.append(record["file"])
    assert count
    assert wrong == []


def test_the_package_manager_renders_every_recorded_package(shared: Path) -> None:
    corpus = shared / "corpus"
    wrong, count = [], 0
    rows = csv.DictReader(
        _text(corpus / "universe-renders.tsv").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE
    )
    for row in rows:
        package = corpus / "universe" / row["package"]
        if not package.exists():
            continue
        count += 1
        files = {
            name: package_manager.loads(_text(package / name)) if (package / name).exists() else None
            for name in ("config.json", "resource.json")
        }
        rendering = package_manager.render(
            tokens.parse(_text(package / "marathon.json.mustache")),
            package_manager.options(files["config.json"], resource=files["resource.json"]),
        )
        try:
            document = json.loads(rendering.text)
        except ValueError:
            outcome = ("invalid", "")
        else:
            canonical = json.dumps(document, sort_keys=True, separators=(",", ":"))
            outcome = ("valid", _hash(canonical))
        if outcome != (row["render"], row["sha256_16_of_canonical_json"]):
            wrong.append(row["package"])
    assert count
    assert wrong == []
