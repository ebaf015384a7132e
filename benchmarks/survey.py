"""The ``survey`` command on a generated estate: many files, few of them with places."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

from benchmarks import Row, in_process, measure, tool

TITLE = "`calico-migrate survey`"
REFERENCE = (
    "`grep -rIc dcos` of the tree three times, 40 µs a file and 150 µs a place; CPU time beyond what"
    " `marathon --check` takes for the definitions"
)

FILES = 100_000
STRUCTURED, PLACED = 20, 50
"""Every so manieth file is JSON or YAML, and every so manieth has a place."""

# Texts that are one name after the other, in one line or in many, by the name of their file.
_CROWDED = (
    ("notes.md", "dcos prose, "),
    ("notes.md", "prose about dcos\n"),
    ("notes.md", "```\nnetwork: dcos\n```\n"),
    ("app.properties", "name = dcos\n[section]\n"),
    ("app.properties", "name = dcos [section] "),
    ("app.properties", "[[[[[[[["),
    ("deploy.sh", "set NETWORK dcos; "),
    ("deploy.sh", "--network dcos\n"),
    ("main.tf", 'network "dcos" { name = "dcos" '),
    ("page.js", '"dcos", '),
    ("app.json.j2", "{{ dcos "),
    ("app.json", '{"network": "dcos", '),
    ("app.yml", "- ${dcos "),
    ("app.yml", "dcos: {{ "),
    ("Dockerfile", "ENV NETWORK dcos "),
)
_FEW, _MANY = 1_000, 4_000

_SOURCE = "".join(f"def step_{number}(value):\n    return value + {number}\n\n" for number in range(40))


def make(folder: Path, files: int) -> int:
    """Writes the tree; answers how many places it has. In a process of its own: its memory is not measured."""
    places = 0
    for number in range(files):
        directory = folder / f"team-{number % 40}" / f"service-{number // 400}"
        if number % 400 < 40:
            directory.mkdir(parents=True, exist_ok=True)
        placed = number % PLACED == 0
        if number % STRUCTURED == 0:
            identity = f"/team-{number % 40}/app-{number}"
            network = '{"mode": "container", "name": "dcos"}' if placed else '{"mode": "host"}'
            if number % (2 * STRUCTURED):
                text = f"id: {identity}\ncmd: run\nnetworks:\n- {network}\n"
                (directory / f"app-{number}.yaml").write_text(text)
            else:
                text = f'{{\n  "id": "{identity}",\n  "cmd": "run",\n  "networks": [{network}]\n}}\n'
                (directory / f"app-{number}.json").write_text(text)
        else:
            text = _SOURCE + ('NETWORK = "dcos"\n' if placed else "")
            (directory / f"module_{number}.py").write_text(text)
        places += placed
    return places


def rows() -> list[Row]:
    """The whole tree against the bound, and the peak memory."""
    folder = Path(tempfile.mkdtemp(prefix="calico-migrate-benchmark-"))
    try:
        made = subprocess.run(
            [sys.executable, "-m", "benchmarks.survey", str(folder), str(FILES)],
            check=True, capture_output=True, text=True,
        )  # fmt: skip
        places = int(made.stdout)
        measured = measure(
            {
                "survey": tool("survey", "--quiet", "--format", "json", str(folder)),
                "marathon": tool("marathon", "--check", "--quiet", str(folder)),
                "grep": ["grep", "-rIc", "dcos", str(folder)],
            },
            rounds=3,
        )
        bound = 3 * measured["grep"].seconds + 40e-6 * FILES + 150e-6 * places
        beyond = measured["survey"].seconds - measured["marathon"].seconds
        peak = (measured["survey"].peak - 1024 * places) / (80 * 1024 * 1024)
        return [
            Row(
                f"{FILES:,} files, {places:,} places", beyond / bound, 1, 0.5,
                f"{beyond:.2f} s of CPU; marathon --check {measured['marathon'].seconds:.2f} s,"
                f" grep {measured['grep'].seconds:.2f} s",
            ),
            Row("peak memory without 1 kB a place, of 80 MB", peak, 1, 0.5),
            _crowded(),
        ]  # fmt: skip
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _crowded() -> Row:
    """What a name costs in a text that is full of them; the worst kind of text."""
    from calico_migrate.network_map import NetworkMap
    from calico_migrate.survey.look import Settings
    from calico_migrate.survey.looking import look
    from calico_migrate.survey.names import Names

    network_map = NetworkMap()
    settings = Settings(network_map, Names.of(network_map))
    found: list[tuple[float, str]] = []
    for name, repeated in _CROWDED:
        few, many = repeated * _FEW, repeated * _MANY
        seconds = in_process(
            {"few": partial(look, name, few, settings), "many": partial(look, name, many, settings)}, rounds=3
        )
        found.append((seconds["many"] / _MANY * _FEW / seconds["few"], f"{name}: {repeated!r}"))
    ratio, what = max(found)
    note = f"1 is linear; reference: a name among {_FEW:,}; the worst of {len(_CROWDED)} texts, {what}"
    return Row(f"a name among {_MANY:,} in one text", ratio, 2, None, note)


if __name__ == "__main__":
    print(make(Path(sys.argv[1]), int(sys.argv[2])))
