"""Runs the benchmarks and prints their tables."""

from __future__ import annotations

import importlib
import os
import platform
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks import Row

NAMES = (
    "start_up",
    "marathon",
    "marathon_shapes",
    "marathon_stages",
    "yaml",
    "package",
    "config",
    "network",
    "policy",
    "cluster",
    "survey",
    "diagnose",
)
# How often what is written down is measured.
_RUNS = 3
_PAGE = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"


_MEASURED = "Measured"
_OLDER = (
    "The tables that do not say how often and on what machine they were measured are older than this program"
    " and have to be made again.\n\n"
)


def table(title: str, reference: str, rows: Sequence[Row], runs: int) -> str:
    """A Markdown table of the worst of so many runs."""
    machine = f"CPython {platform.python_version()} on {platform.machine()}, {os.cpu_count()} processors"
    load = f"{os.getloadavg()[1]:.1f} processes wanting to run"
    measured = f"{_MEASURED} {'once' if runs == 1 else f'{runs} times'}"
    lines = [f"## {title}", "", f"Reference (1.00): {reference}. {measured} with {machine}, {load}.", ""]
    lines.append("| what | ratio | bound | aim | |")
    lines += ["|---|---:|---:|---:|---|"]
    for row in rows:
        bound = "" if row.bound is None else f"{row.bound:g}"
        aim = "" if row.aim is None else f"{row.aim:g}"
        note = row.note if row.kept else "; ".join(filter(None, ("**bound not kept**", row.note)))
        lines.append(f"| {row.name} | {row.ratio:.2f} | {bound} | {aim} | {note} |")
    return "\n".join(lines) + "\n"


def worst(runs: Sequence[Sequence[Row]]) -> list[Row]:
    """The rows of several runs of one benchmark, each with the worst of its ratios."""
    return [max(rows, key=lambda row: row.ratio) for rows in zip(*runs, strict=True)]


def main(arguments: Sequence[str]) -> int:
    """Runs the named benchmarks, or all; answers 1 where a bound is not kept."""
    names = [name for name in arguments if not name.startswith("-")] or list(NAMES)
    runs = _RUNS if "--write" in arguments else 1
    kept = True
    for name in names:
        module = importlib.import_module(f"benchmarks.{name}")
        measured: list[list[Row]] = []
        while len(measured) < runs:
            measured.append(module.rows())
            rows = worst(measured)
            told = table(module.TITLE, module.REFERENCE, rows, len(measured)) + getattr(module, "NOTES", "")
            # After each run: a run takes long, and one that is interrupted leaves what was measured.
            if "--write" in arguments:
                _write(told)
        kept = kept and all(row.kept for row in rows)
        print(told, flush=True)
    return 0 if kept else 1


def _write(section: str) -> None:
    """Puts a table into the page, in the place of its predecessor; the others stay."""
    introduction = (
        "# Benchmarks\n\n"
        "Ratios of CPU time (user and system, the median of interleaved rounds) unless a row says otherwise,\n"
        f"all of a table measured side by side, {_RUNS} times unless it says otherwise; the worst of them is here.\n"
        "`python -m benchmarks --write` makes this page, `python -m benchmarks NAME --write` one table of it.\n\n"
    )
    page = _PAGE.read_text(encoding="utf-8")
    told = {_title(section): f"## {section}" for section in page.split("\n## ")[1:]}
    told[_title(section.removeprefix("## "))] = section
    if not all(f" {_MEASURED} " in section for section in told.values()):
        introduction += _OLDER
    _PAGE.write_text(
        introduction + "\n".join(f"{section.rstrip()}\n" for section in told.values()), encoding="utf-8"
    )


def _title(section: str) -> str:
    return section.partition("\n")[0]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
