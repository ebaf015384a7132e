"""Where the time of ``marathon`` goes on some shapes: what each step takes of one definition.

``python -m benchmarks.marathon_stages PATH`` measures one document and answers in JSON.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import Row, in_process, shapes

if TYPE_CHECKING:
    from collections.abc import Callable

    from calico_migrate.marathon.definitions import Definition

TITLE = "Where the time of `marathon` goes"
REFERENCE = (
    "`json.loads` of the same document in the same process, without the collector; the figures are of one"
    " definition and without start-up"
)
NOTES = """
Everything gets its place and its name here, as without `--quiet`; the shapes are measured with it.
"""

_SHAPES = (
    "the usual app", "all on dcos", "labels of a package", "networkNames", "a network without a name",
    "the old USER format", *shapes.REAL,
)  # fmt: skip
_STEPS = {
    "found": "reading and recognising it",
    "recorded": "its record",
    "planned": "its edits",
    "checked": "its marks, and the rules that watch for them",
    "proved": "the new text and its proof, for `-o`",
}


def rows() -> list[Row]:
    """A row for each step on each shape."""
    found = []
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "shape.json"
        for shape in _SHAPES:
            if shape in shapes.REAL and not shapes.CORPUS.is_dir():
                continue
            subprocess.run([sys.executable, "-m", "benchmarks.shapes", shape, str(path)], check=True)
            command = [sys.executable, "-m", "benchmarks.marathon_stages", str(path)]
            told = subprocess.run(command, check=True, stdout=subprocess.PIPE)
            found += _rows(shape, json.loads(told.stdout))
    return found


def _rows(shape: str, measured: dict[str, float]) -> list[Row]:
    found, before = [], 0.0
    for step, what in _STEPS.items():
        each = (measured[step] - before) / measured["definitions"]
        ratio = (measured[step] - before) / measured["loaded"]
        found.append(Row(f"{shape}: {what}", ratio, note=f"{each * 1e6:.1f} µs"))
        before = measured[step]
    return found


def measured(text: str) -> dict[str, float]:
    """The seconds that a document takes up to each step, and how many definitions it has."""
    from calico_core import collector
    from calico_migrate.marathon.definitions import walk
    from calico_migrate.marathon.elsewhere import finder
    from calico_migrate.marathon.planning import plan
    from calico_migrate.marathon.result import Options
    from calico_migrate.marathon.rewriting import rewrite

    options = Options()
    names = finder(frozenset(options.network_map.names)).sightings()
    count = 0

    def counted(_definition: Definition) -> None:
        nonlocal count
        count += 1

    def planned(definition: Definition) -> None:
        definition.mentions = names.within(definition.text, definition.start, definition.end)
        plan(definition, options.network_map)

    def walking(visit: Callable[[Definition], object]) -> Callable[[], object]:
        return lambda: walk(text, visit)

    walk(text, counted)
    definitions = count
    with collector.set_aside():
        seconds = in_process(
            {
                "loaded": lambda: json.loads(text),
                "found": walking(lambda _definition: None),
                "recorded": walking(lambda definition: definition.record),
                "planned": walking(planned),
                "checked": lambda: rewrite(text, options, prove=False, build=False),
                "proved": lambda: rewrite(text, options),
            },
            rounds=3,
        )
    return {"definitions": definitions, **seconds}


if __name__ == "__main__":
    json.dump(measured(Path(sys.argv[1]).read_text(encoding="utf-8")), sys.stdout)
