"""``marathon`` on every shape of input; what counts of a kind of shapes is the worst of them."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import NEW, Measured, Row, measure, shapes, tool
from benchmarks.apps import app

if TYPE_CHECKING:
    from collections.abc import Iterable

_LOAD = [sys.executable, "-c", "import json, sys; json.load(open(sys.argv[1]))"]
_LOAD_ALL = [
    sys.executable,
    "-c",
    "import json, os, sys; [json.load(open(each)) for each in os.scandir(sys.argv[1])]",
]
_FILES = 5_000
_ROUNDS = 5


TITLE = "`calico-migrate marathon`, shape by shape"
REFERENCE = (
    "a `python -c 'json.load'` process on the same file of 10 MB, or on all files; the tool is asked to be"
    " `--quiet`, unless a row says otherwise"
)
NOTES = """
Why a bound is not kept. On the usual apps 0.55 of the reference is start-up, nearly all of it an empty Typer program,
0.1 reading the file, and 0.55 scanning it and recognising its definitions, which is as much as `json.load` takes
without its collector. That leaves 14 µs of the bound of 1.7 for each app, and 0.05 of the reference is what else a run
does. Record, edits, marks and rules of an app take 10 µs where half of the apps have an edit, and 13 where each has
one, where two texts look like the old name, or where every other app has policy labels. `python -m benchmarks
marathon_stages` says what each step takes.
The corpus' definitions are small, 1,300 and 960 bytes, so that there are twice as many of them in a document: behind
scanning and recognising it the bounds leave 9 and 14 µs for each, and most of them are unusual: old formats, ports in
several places, volumes, checks. Record and edits take 10 and 12, marks and the rules that find errors 5 and 1.
A finding costs 20 to 45 µs where it is told, its line in the output included; a `--quiet` run asks the rules that find
errors alone. The old USER format with a `discovery` beside it, which Marathon refuses, has an error in each app: 2.33.
"""


def rows() -> list[Row]:
    """All rows; the generated files go with the run."""
    with tempfile.TemporaryDirectory() as name:
        return _rows(Path(name))


def _rows(work: Path) -> list[Row]:
    base: dict[str, float] = {}
    return [
        *_kind(work, "at most one edit in an app", shapes.CALM, (1.7, 1.4), (2.4, 2.0)),
        *_kind(work, "more to do in each", shapes.MORE, (2.3, 1.8), (3.2, 2.5)),
        *_told(work, base),
        *_real(work),
        *_one_app_files(work),
    ]


def _kind(
    work: Path,
    what: str,
    names: Iterable[str],
    check: tuple[float, float],
    output: tuple[float, float],
) -> list[Row]:
    """The worst shape of a kind, for ``--check`` and for ``-o``, and each of them."""
    checked: list[Row] = []
    written: list[Row] = []
    for name in names:
        found = _measured(work, name, "--check", "-o")
        load = found["load"].seconds
        checked.append(Row(f"`--check`, {name}", found["--check"].seconds / load, *check))
        written.append(Row(f"`-o`, {name}", found["-o"].seconds / load, *output))
    return [*_worst(f"`--check`, {what}", checked), *_worst(f"`-o`, {what}", written)]


def _worst(what: str, rows: list[Row]) -> list[Row]:
    worst = max(rows, key=lambda row: row.ratio)
    name = worst.name.partition(", ")[2]
    return [Row(f"**{what}: the worst**", worst.ratio, worst.bound, worst.aim, name), *rows]


def _told(work: Path, base: dict[str, float]) -> list[Row]:
    """What a finding costs in microseconds, against the same document without the findings; it is printed."""
    found: list[Row] = []
    for name, (_, share) in shapes.TOLD.items():
        measured = _measured(work, name, told=True)
        load, used = measured["load"].seconds, measured["told"].seconds
        each = used / shapes.count(work / "shape.json")
        if not base:
            base["usual"] = each - load / shapes.count(work / "shape.json")
        found.append(Row(f"`--check` without `--quiet`, {name}", used / load))
        if share:
            # Beside what reading the document costs, whose size differs a little from shape to shape.
            above = each - load / shapes.count(work / "shape.json") - base["usual"]
            note = "µs for each finding"
            found.append(Row(f"a finding: {name}", above / share * 1e6, 50, 25, note))
    return found


def _real(work: Path) -> list[Row]:
    if not shapes.CORPUS.is_dir():
        return []
    found = []
    for name, bound, aim in zip(shapes.REAL, (2.0, 2.5), (1.6, 2.0), strict=True):
        measured = _measured(work, name, "--check", "-o", told=True)
        load = measured["load"].seconds
        found.append(Row(f"`--check`, {name}", measured["--check"].seconds / load, bound, aim))
        found.append(Row(f"`--check` without `--quiet`, {name}", measured["told"].seconds / load))
        found.append(Row(f"`-o`, {name}", measured["-o"].seconds / load))
    return found


def _one_app_files(work: Path) -> list[Row]:
    """Many files with one app each, against a process that loads them all."""
    tree = work / "tree"
    tree.mkdir()
    for number in range(_FILES):
        (tree / f"app-{number}.json").write_text(json.dumps(app(number), indent=2))
    measured = measure(
        {
            "load": [*_LOAD_ALL, str(tree)],
            "--check": tool("marathon", "--check", "-q", str(tree)),
            "-o": tool("marathon", "-q", "-o", NEW, str(tree)),
        },
        rounds=3,
    )
    load, check, written = (measured[each] for each in ("load", "--check", "-o"))
    return [
        Row(f"`--check`, {_FILES:,} files", check.seconds / load.seconds, 3.5, 2.5),
        Row(f"`-o`, {_FILES:,} files", written.seconds / load.seconds, 8, 5),
        Row(
            f"`-o`, {_FILES:,} files, time on the clock",
            written.elapsed / check.elapsed,
            3,
            None,
            "reference: `--check`",
        ),
    ]


def _measured(work: Path, name: str, *modes: str, told: bool = False) -> dict[str, Measured]:
    """One shape, as ``work/shape.json``: a process that loads it, and the modes.

    With ``told`` also ``--check`` that names each edit and finding.
    """
    path = work / "shape.json"
    subprocess.run([sys.executable, "-m", "benchmarks.shapes", name, str(path)], check=True)
    commands = {"load": [*_LOAD, str(path)]}
    for mode in modes:
        commands[mode] = tool("marathon", "-q", *([mode, NEW] if mode == "-o" else [mode]), str(path))
    if told:
        commands["told"] = tool("marathon", "--check", str(path))
    return measure(commands, rounds=_ROUNDS)
