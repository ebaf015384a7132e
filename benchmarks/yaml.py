"""The ``marathon`` command on definitions in YAML."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks import NEW, Row, measure, tool
from benchmarks.apps import app

if TYPE_CHECKING:
    from collections.abc import Mapping

TITLE = "`calico-migrate marathon` on YAML"
REFERENCE = "a process that composes the same files with libyaml (`yaml.compose_all`, nothing constructed)"

_APPS = 1_000
_SHARING = 100
_COMPOSE = (
    "import sys, yaml, pathlib\n"
    "for path in pathlib.Path(sys.argv[1]).rglob('*.yaml'):\n"
    "    for node in yaml.compose_all(path.read_text(), Loader=yaml.CSafeLoader): pass\n"
)


def rows() -> list[Row]:
    """All rows; the generated files go with the run."""
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        shapes = {
            "one app a file": [[app(number)] for number in range(_APPS)],
            "all in one file": [[app(number) for number in range(_APPS)]],
            "a document each": [[app(number) for number in range(_APPS)]],
            "in flow style": [[app(number) for number in range(_APPS)]],
            # More in a file would be refused: it would have more values than may come of aliases.
            "shared by merge keys": [
                [app(number) for number in range(first, first + _SHARING)]
                for first in range(0, _APPS, _SHARING)
            ],
        }
        return [row for shape, files in shapes.items() for row in _shape(work / shape, shape, files)]


def _shape(directory: Path, shape: str, files: list[list[dict[str, Any]]]) -> list[Row]:
    directory.mkdir()
    for number, apps in enumerate(files):
        (directory / f"apps-{number}.yaml").write_text(_text(shape, apps))
    # What is refused is soon done, and would be taken for fast.
    told = subprocess.run(tool("marathon", "--check", str(directory)), capture_output=True, check=False)
    if told.returncode != 1:
        raise RuntimeError(f"{shape}: the definitions are not read (exit code {told.returncode})")
    measured = measure(
        {
            "compose": [sys.executable, "-c", _COMPOSE, str(directory)],
            "--check": tool("marathon", "--check", str(directory)),
            "-o": tool("marathon", "-o", NEW, str(directory)),
        },
        rounds=5,
    )
    compose = measured["compose"].seconds
    size = sum(path.stat().st_size for path in directory.iterdir()) / 1e6
    return [
        Row(
            f"`--check`, {shape}",
            measured["--check"].seconds / compose,
            3.0,
            2.0,
            f"{size:.1f} MB, {_APPS} apps",
        ),
        Row(f"`-o`, {shape}", measured["-o"].seconds / compose, note="with the verification of the result"),
    ]


def _text(shape: str, apps: list[dict[str, Any]]) -> str:
    if shape == "one app a file":
        return _block(apps[0], "")
    if shape == "a document each":
        return "".join(f"---\n{_block(each, '')}" for each in apps)
    if shape == "in flow style":
        return "apps:\n" + "".join(f"- {json.dumps(each)}\n" for each in apps)
    if shape == "shared by merge keys":
        common = {key: value for key, value in apps[0].items() if key not in ("id", "networks", "container")}
        head = f".common: &common\n{_block(common, '  ')}"
        own = [{key: each[key] for key in ("id", "networks", "container")} for each in apps]
        return head + "apps:\n" + "".join(f"- <<: *common\n{_block(each, '  ')}" for each in own)
    return "apps:\n" + "".join(f"- {_block(each, '  ')[2:]}" for each in apps)


def _block(value: Mapping[str, Any], indent: str) -> str:
    """A mapping in block style, as people and PyYAML write it."""
    lines: list[str] = []
    for key, each in value.items():
        lines += _lines(f"{indent}{key}:", each, indent)
    return "\n".join(lines) + "\n"


def _lines(head: str, value: Any, indent: str) -> list[str]:
    if isinstance(value, dict) and value:
        found = [head]
        for key, each in value.items():
            found += _lines(f"{indent}  {key}:", each, indent + "  ")
        return found
    if isinstance(value, list) and value:
        found = [head]
        for each in value:
            if isinstance(each, dict) and each:
                inner = _block(each, indent + "  ").splitlines()
                found += [f"{indent}- {inner[0][len(indent) + 2 :]}", *inner[1:]]
            else:
                found.append(f"{indent}- {json.dumps(each)}")
        return found
    plain = isinstance(value, str) and value.replace("-", "").replace("/", "").replace("_", "").isalpha()
    return [f"{head} {value if plain else json.dumps(value)}"]
