"""What the ``package`` command says of a small tree of files: its report, read back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from calico_migrate.cli import run

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pytest

SPECIFICATION = "src/main/dist/svc.yml"


class Noted(NamedTuple):
    """A finding or an edit of the report.

    ``file`` is the name of its file, ``here`` the rest of the line that its line and column point at, empty
    where it has no place. ``old`` and ``new`` are those of an edit, None of a finding.
    """

    file: str
    rule: str
    severity: str
    message: str
    hint: str
    line: int | None
    column: int | None
    pointer: str | None
    here: str
    old: Any
    new: Any


class Told(NamedTuple):
    """A report: its exit code, its findings, its edits, and the messages of its errors."""

    code: int
    findings: list[Noted]
    edits: list[Noted]
    errors: list[str]

    @property
    def rules(self) -> set[str]:
        """The rules of all findings."""
        return {noted.rule for noted in self.findings}

    def one(self, rule: str) -> Noted:
        """The one finding of a rule."""
        (found,) = [noted for noted in self.findings if noted.rule == rule]
        return found

    def edit(self, rule: str) -> Noted:
        """The one edit of a rule."""
        (found,) = [noted for noted in self.edits if noted.rule == rule]
        return found


class Teller:
    """Writes files below a directory, runs ``package`` over it, and reads the report."""

    def __init__(self, directory: Path, capfd: pytest.CaptureFixture[str]) -> None:
        self._directory = directory
        self._capfd = capfd

    def __call__(self, files: Mapping[str, str], *options: str) -> Told:
        """What is told about files, given by their paths in the tree."""
        for name, text in files.items():
            path = self._directory / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
        self._capfd.readouterr()
        code = run(["package", "--format", "json", *options, str(self._directory)])
        report = json.loads(self._capfd.readouterr().out)
        told = Told(int(code), [], [], [])
        for file in report["files"]:
            name = file["path"].rpartition("/")[2]
            texts = [text for path, text in files.items() if path.rpartition("/")[2] == name]
            told.findings.extend(_noted(name, texts, found) for found in file["findings"])
            told.edits.extend(_noted(name, texts, found) for found in file["edits"])
            if file["error"] is not None:
                told.errors.append(file["error"]["message"])
        return told


def _noted(file: str, texts: list[str], found: dict[str, Any]) -> Noted:
    line, column = found["line"], found["column"]
    here = ""
    if line is not None and column is not None and len(texts) == 1:
        here = texts[0].split("\n")[line - 1][column - 1 :]
    return Noted(
        file,
        found["rule"],
        found.get("severity", ""),
        found.get("message", ""),
        found.get("hint", ""),
        line,
        column,
        found["pointer"],
        here,
        found.get("old"),
        found.get("new"),
    )


def release(texts: Mapping[str, str], number: int = 3) -> dict[str, str]:
    """A package's parts as a release of a Universe."""
    return {f"repo/packages/D/demo/{number}/{name}": text for name, text in texts.items()}


def framework(texts: Mapping[str, str], specification: str) -> dict[str, str]:
    """A package's parts as a framework's source, with its service specification."""
    return {**{f"universe/{name}": text for name, text in texts.items()}, SPECIFICATION: specification}


def specification(networks: str) -> str:
    """A service specification with one pod and what stands below its ``networks``."""
    return (
        "name: demo\npods:\n  node:\n    count: 1\n    networks:\n"
        f"{networks}"
        "    tasks:\n      server:\n        goal: RUNNING\n        cmd: ./run\n        cpus: 0.1\n"
        "        memory: 64\n"
    )


LITERAL = specification("      dcos:\n")
VARIABLE = specification("      {{VIRTUAL_NETWORK_NAME}}:\n")
