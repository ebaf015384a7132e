"""The ``marathon`` command on a generated group of apps, beside the tools that people use instead."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import NEW, Measured, Row, measure, tool
from benchmarks.apps import app, talkative
from benchmarks.start_up import EMPTY_TYPER

if TYPE_CHECKING:
    from collections.abc import Callable

TITLE = "`calico-migrate marathon`"
REFERENCE = "a `python -c 'json.load'` process on the same file; start-up rows name their own reference"

NOTES = """
Why a bound is not kept. The table of the shapes says what start-up, reading and a definition take; here each edit and
finding is told as well, with its line, which is counted, its column and the name of its app: 10 µs each, 0.2 of the
reference in all. A diff takes as long for the lines around each edit.
"""

_APPS = 5_000
_MANY_APPS = 190_000
_LOAD = "import json, sys; json.load(open(sys.argv[1]))"
_ROUND_TRIP = (
    "import json, sys; d = json.load(open(sys.argv[1]));"
    "[n.update(name='calico') for g in d['groups'] for a in g['apps'] for n in a['networks']"
    " if n.get('name') == 'dcos']; json.dump(d, open(sys.argv[2], 'w'), indent=1)"
)
_JQ = '(.groups[].apps[].networks[]? | select(.name == "dcos") | .name) = "calico"'


def _generate(apps: int, path: Path, indent: str = "1") -> None:
    """Writes a group in a process of its own, so that this one stays small."""
    code = (
        "import json, sys; from benchmarks.apps import group;"
        f" json.dump(group(int(sys.argv[1])), open(sys.argv[2], 'w'), indent={indent})"
    )
    subprocess.run([sys.executable, "-c", code, str(apps), str(path)], check=True)


def rows() -> list[Row]:
    """All rows; the generated files go with the run."""
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        return [*_large_file(work), *_linearity(work), *_memory(work), *_start_up(work)]


def _large_file(work: Path) -> list[Row]:
    path, out = work / "group.json", str(work / "out.json")
    _generate(_APPS, path)
    file = str(path)
    commands = {
        "load": [sys.executable, "-c", _LOAD, file],
        "--check": tool("marathon", "--check", file),
        "--diff": tool("marathon", "--diff", file),
        "-o": tool("marathon", "-o", NEW, file),
        "round trip": [sys.executable, "-c", _ROUND_TRIP, file, out],
        "sed": ["sed", 's/"dcos"/"calico"/', file],
    }
    if shutil.which("jq"):
        commands["jq"] = ["jq", "--indent", "1", _JQ, file]
    measured = measure(commands)
    load = measured["load"]

    def row(name: str, bound: float | None = None, aim: float | None = None, note: str = "") -> Row:
        return Row(
            f"`{name}`" if name.startswith("-") else name, _ratio(measured[name], load), bound, aim, note
        )

    size = (
        f"{path.stat().st_size / 1e6:.1f} MB, {_APPS} apps, {_APPS // 2} edits, findings in 2 % of the apps"
    )
    wrong = "reformats numbers, escapes and blanks of the whole file, and reports nothing"
    result = [
        row("--check", 1.7, 1.4, size),
        row("--diff", 1.7, 1.5),
        row("-o", 2.4, 2.0, "with the verification of the result"),
        row("sed", note='blind: changes every `"dcos"`, whatever it means, and inserts no missing name'),
        row("round trip", note=wrong),
    ]
    if "jq" in measured:
        result.append(row("jq", note=wrong))
    for name, bound in (("--check", 1.6), ("--diff", 3.0), ("-o", 3.0)):
        result.append(Row(f"peak memory of `{name}`", measured[name].peak / load.peak, bound))
    return result


def _linearity(work: Path) -> list[Row]:
    """What one of many costs, beside one of few; what a process costs at all is taken off."""
    large = work / "large.json"
    _generate(50_000, large)
    peak = measure(
        {
            "load": [sys.executable, "-c", _LOAD, str(large)],
            "--check": tool("marathon", "--check", str(large)),
        },
        rounds=1,
    )
    size = f"{large.stat().st_size / 1e6:.0f} MB"
    return [
        _of_many(work, "`--check`, an app", 1_000, 50_000, _generate),
        Row(
            "peak memory of `--check`, 50,000 apps", peak["--check"].peak / peak["load"].peak, 0.9, None, size
        ),
        _of_many(work, "an app with seven findings", 500, 5_000, _written(talkative)),
        _of_many(
            work, "an entry that is no definition and names a network", 2_000, 20_000, _written(_with_entries)
        ),
        _of_many(work, "a port of one app that names its network", 2_000, 8_000, _written(_with_ports)),
        _of_many(
            work, "`--diff`, an app on a single line", 2_000, 20_000,
            lambda count, path: _generate(count, path, indent="None"), mode="--diff",
        ),
    ]  # fmt: skip


def _of_many(
    work: Path, what: str, few: int, many: int, make: Callable[[int, Path], object], mode: str = "--check"
) -> Row:
    """What one of ``many`` costs, in what one of ``few`` costs; ``make`` writes a document of so many."""
    paths = {0: work / "none.json", few: work / "few.json", many: work / "many.json"}
    paths[0].write_text('{"id": "/empty"}')
    for count in (few, many):
        make(count, paths[count])
    measured = measure(
        {str(count): tool("marathon", mode, str(path)) for count, path in paths.items()}, rounds=3
    )
    base = measured["0"].seconds
    each = {count: (measured[str(count)].seconds - base) / count for count in (few, many)}
    note = f"1 is linear; reference: one among {few:,}"
    return Row(f"{what}, among {many:,}", each[many] / each[few], 1.3, None, note)


def _written(document: Callable[[int], object]) -> Callable[[int, Path], object]:
    return lambda count, path: path.write_text(json.dumps(document(count), indent=1))


def _memory(work: Path) -> list[Row]:
    """The peak memory on a group that is larger than any cluster's."""
    path = work / "huge.json"
    _generate(_MANY_APPS, path)
    commands = {
        "load": [sys.executable, "-c", _LOAD, str(path)],
        "--check": tool("marathon", "--check", str(path)),
        "-o": tool("marathon", "-o", NEW, str(path)),
    }
    measured = measure(commands, rounds=1)
    size = f"{path.stat().st_size / 1e6:.0f} MB"
    path.unlink()
    return [
        Row(
            f"peak memory of `{name}`, {_MANY_APPS:,} apps",
            measured[name].peak / measured["load"].peak,
            0.9,
            None,
            size,
        )
        for name in ("--check", "-o")
    ]


def _with_ports(count: int) -> dict[str, object]:
    ports = [{"containerPort": 1024 + number, "networkNames": ["dcos"]} for number in range(count)]
    networks = [{"mode": "container", "name": name} for name in ("dcos", "other")]
    return {"id": "/web", "container": {"portMappings": ports}, "networks": networks}


def _with_entries(count: int) -> list[dict[str, object]]:
    entries = [{"name": f"entry-{number}", "networks": [{"name": "dcos"}]} for number in range(count)]
    return [app(0), *entries]


def _start_up(work: Path) -> list[Row]:
    path, script = work / "app.json", work / "empty_typer.py"
    path.write_text(json.dumps(app(0), indent=1)[:-2] + "\n}\n")
    script.write_text(EMPTY_TYPER)
    measured = measure(
        {
            "typer": [sys.executable, str(script), str(path)],
            "marathon": tool("marathon", str(path)),
            "pass": [sys.executable, "-c", "pass"],
            "version": [sys.executable, "-m", "calico_migrate", "--version"],
        },
        rounds=25,
    )
    return [
        Row("`marathon` on one app", _ratio(measured["marathon"], measured["typer"]), 1.35, None,
            "reference: an empty app of the same Typer"),
        Row("`--version`", _ratio(measured["version"], measured["pass"]), 1.4, None,
            "reference: `python -c pass`"),
        Row("an empty app of Typer", _ratio(measured["typer"], measured["pass"]), None, None,
            "reference: `python -c pass`"),
    ]  # fmt: skip


def _ratio(measured: Measured, reference: Measured) -> float:
    return measured.seconds / reference.seconds
