"""The ``marathon`` command on a generated group of apps, beside the tools that people use instead."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks import NEW, Measured, Row, measure, tool
from benchmarks.apps import app, talkative
from benchmarks.start_up import EMPTY_TYPER

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
    """The cost per app at 100 and 50,000 apps; what a process costs at all is taken off."""
    small, large = work / "small.json", work / "large.json"
    empty = work / "empty.json"
    empty.write_text('{"id": "/empty"}')
    _generate(1_000, small)
    _generate(50_000, large)
    measured = measure(
        {path.name: tool("marathon", "--check", str(path)) for path in (empty, small, large)}
        | {"load": [sys.executable, "-c", _LOAD, str(large)]},
        rounds=3,
    )
    few, many = work / "few.json", work / "many.json"
    for count, path in ((500, few), (5_000, many)):
        path.write_text(json.dumps(talkative(count), indent=1))
    told = measure(
        {path.name: tool("marathon", "--check", str(path)) for path in (empty, few, many)}, rounds=3
    )
    bare, crowd = work / "bare.json", work / "crowd.json"
    for count, path in ((2_000, bare), (20_000, crowd)):
        path.write_text(json.dumps([app(0), *(_no_definition(number) for number in range(count))], indent=1))
    passed = measure(
        {path.name: tool("marathon", "--check", str(path)) for path in (empty, bare, crowd)}, rounds=3
    )
    scarce, plenty = work / "scarce.json", work / "plenty.json"
    for count, path in ((2_000, scarce), (8_000, plenty)):
        path.write_text(json.dumps(_with_ports(count), indent=1))
    named = measure(
        {path.name: tool("marathon", "--check", str(path)) for path in (empty, scarce, plenty)}, rounds=3
    )
    short, long = work / "short.json", work / "long.json"
    _generate(2_000, short, indent="None")
    _generate(20_000, long, indent="None")
    lined = measure(
        {path.name: tool("marathon", "--diff", str(path)) for path in (empty, short, long)}, rounds=3
    )
    base = measured["empty.json"].seconds
    per_small = (measured["small.json"].seconds - base) / 1_000
    per_large = (measured["large.json"].seconds - base) / 50_000
    begin = lined["empty.json"].seconds
    per_short = (lined["short.json"].seconds - begin) / 2_000
    per_long = (lined["long.json"].seconds - begin) / 20_000
    note = "1 is linear; reference: the cost of an app among 1,000"
    start = told["empty.json"].seconds
    per_few = (told["few.json"].seconds - start) / 500
    per_many = (told["many.json"].seconds - start) / 5_000
    bottom = named["empty.json"].seconds
    per_scarce = (named["scarce.json"].seconds - bottom) / 2_000
    per_plenty = (named["plenty.json"].seconds - bottom) / 8_000
    first = passed["empty.json"].seconds
    per_bare = (passed["bare.json"].seconds - first) / 2_000
    per_crowd = (passed["crowd.json"].seconds - first) / 20_000
    return [
        Row("`--check`, an app among 50,000", per_large / per_small, 1.3, None, note),
        Row(
            "peak memory of `--check`, 50,000 apps",
            measured["large.json"].peak / measured["load"].peak,
            0.9,
            None,
            f"{large.stat().st_size / 1e6:.0f} MB",
        ),
        Row(
            "the same with seven findings in each, among 5,000",
            per_many / per_few,
            1.3,
            None,
            "reference: among 500",
        ),
        Row(
            "an entry that is no definition and names a network, among 20,000",
            per_crowd / per_bare,
            1.3,
            None,
            "reference: among 2,000",
        ),
        Row(
            "a port that names its network, among 8,000 of one app",
            per_plenty / per_scarce,
            1.3,
            None,
            "reference: among 2,000",
        ),
        Row(
            "`--diff`, an app among 20,000 on a single line",
            per_long / per_short,
            1.3,
            None,
            "reference: among 2,000",
        ),
    ]


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


def _no_definition(number: int) -> dict[str, object]:
    return {"name": f"entry-{number}", "networks": [{"name": "dcos"}]}


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
