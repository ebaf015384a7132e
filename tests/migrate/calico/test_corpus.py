from __future__ import annotations

import json
from typing import TYPE_CHECKING

from calico_migrate.calico import validate

if TYPE_CHECKING:
    from pathlib import Path


def test_every_verdict_of_the_corpus_agrees(shared: Path) -> None:
    records = [
        json.loads(line) for line in (shared / "corpus/calico-validation.jsonl").read_text().splitlines()
    ]
    assert records
    wrong = []
    for record in records:
        if record["why"] == "port 80.0":
            # calicoctl's YAML makes 80 of it, the validator was given 80.0.
            continue
        found = [f.rule for f in validate(json.dumps(record["doc"])) if f.rule.startswith("invalid-")]
        if bool(found) == record["valid"]:
            wrong.append((record["kind"], record["why"], record["error"], found))
    assert wrong == []
