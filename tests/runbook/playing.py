"""Plays the runbook: runs its console blocks one after the other on a copy of the sample estate.

Run as ``python -m tests.runbook.playing docs/runbook.md`` it writes what the commands said into the page.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.migrate.cluster.lab import SHORT
from tests.migrate.cluster.playing import comparable, shop
from tests.support.standin import serving
from tests.support.standin.server import TOKEN

__all__ = ["comparable", "foreign", "played"]

_BLOCK = re.compile(r"^```(console|sh)\n(.*?)^```\n", re.MULTILINE | re.DOTALL)
_URL = "https://dcos.example.com"
_MOST_LINES = 14


def played(page: str, root: Path) -> str:
    """The page with what its commands really said, long answers cut in their middle."""
    with tempfile.TemporaryDirectory() as folder, serving(shop()) as served:
        estate = Path(folder) / "estate"
        shutil.copytree(root / "samples/estate", estate)
        program = Path(folder) / "bin/calico-migrate"
        program.parent.mkdir()
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m calico_migrate "$@"\n')
        program.chmod(0o755)
        environment = {
            "PATH": f"{program.parent}:{os.environ['PATH']}",
            "HOME": folder,
            "DCOS_URL": served.url,
            "DCOS_ACS_TOKEN": TOKEN,
            "LC_ALL": "C.UTF-8",
            "COVERAGE_CORE": os.environ.get("COVERAGE_CORE", ""),
        }

        def said(command: str) -> str:
            command = re.sub(
                r"(calico-migrate cluster (?:apply|rollback))", rf"\1 {' '.join(SHORT)}", command
            )
            done = subprocess.run(
                ["bash", "-c", command],
                env=environment, cwd=estate, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                timeout=120, check=False, stdin=subprocess.DEVNULL,
            )  # fmt: skip
            told = re.sub(r"by \S+@\S+", "by ops@bastion", done.stdout.replace(served.url, _URL))
            return _cut(told) + ("" if done.returncode == 0 else f"(exit code {done.returncode})\n")

        def replace(block: re.Match[str]) -> str:
            if block[1] != "console":
                return block[0]
            lines = [line for line in block[2].splitlines() if line.startswith(("$ ", "> "))]
            commands = "\n".join(lines).replace("\\\n> ", "\\\n").split("\n$ ")
            parts = []
            for command in commands:
                typed = command.removeprefix("$ ")
                shown = typed.replace("\\\n", "\\\n> ")
                parts.append(f"$ {shown}\n{said(typed)}")
            return "```console\n" + "".join(parts) + "```\n"

        return _BLOCK.sub(replace, page)


def foreign(page: str) -> list[str]:
    """The blocks that are not run here: commands of other programs."""
    return [block[2] for block in _BLOCK.finditer(page) if block[1] == "sh"]


def _cut(text: str) -> str:
    lines = text.splitlines()
    if len(lines) > _MOST_LINES:
        half = _MOST_LINES // 2
        lines = [*lines[: half - 1], f"... {len(lines) - 2 * half + 1} lines more", *lines[-half:]]
    return "".join(f"{line}\n" for line in lines)


if __name__ == "__main__":
    path = Path(sys.argv[1])
    path.write_text(played(path.read_text(encoding="utf-8"), Path(__file__).parents[2]), encoding="utf-8")
