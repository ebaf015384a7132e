"""Runs the benchmarks and prints their tables."""

from __future__ import annotations

import importlib
import platform
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks import Row

NAMES = ("marathon", "package", "config", "network", "policy", "survey")
_PAGE = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"


def table(title: str, reference: str, rows: Sequence[Row]) -> str:
    """A Markdown table."""
    lines = [f"## {title}", "", f"Reference (1.00): {reference}.", "", "| what | ratio | bound | aim | |"]
    lines += ["|---|---:|---:|---:|---|"]
    for row in rows:
        bound = "" if row.bound is None else f"{row.bound:g}"
        aim = "" if row.aim is None else f"{row.aim:g}"
        note = row.note if row.kept else "; ".join(filter(None, ("**bound not kept**", row.note)))
        lines.append(f"| {row.name} | {row.ratio:.2f} | {bound} | {aim} | {note} |")
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str]) -> int:
    """Runs the named benchmarks, or all; answers 1 where a bound is not kept."""
    names = [name for name in arguments if not name.startswith("-")] or list(NAMES)
    tables, kept = [], True
    for name in names:
        module = importlib.import_module(f"benchmarks.{name}")
        rows = module.rows()
        kept = kept and all(row.kept for row in rows)
        tables.append(table(module.TITLE, module.REFERENCE, rows))
        print(tables[-1], flush=True)
    if "--write" in arguments:
        _write(tables)
    return 0 if kept else 1


def _write(tables: Sequence[str]) -> None:
    introduction = (
        "# Benchmarks\n\n"
        "Ratios of CPU time (user and system, the median of interleaved rounds) unless a row says otherwise,\n"
        "all of a table measured side by side in one run. `python -m benchmarks --write` makes this page.\n\n"
        f"Measured with CPython {platform.python_version()} on {platform.machine()}.\n\n"
    )
    _PAGE.write_text(introduction + "\n".join(tables), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
