"""The ``package`` command on a generated Universe of the public one's size, and on service specifications."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks import NEW, Row, measure, tool

TITLE = "`calico-migrate package`"
REFERENCE = (
    "a Python process that reads and `json.loads` all JSON files of the same tree, for the rows about a"
    " Universe; the rows about a svc.yml are the milliseconds of CPU time that it adds to the run on an empty"
    " package"
)

NOTES = """
Where the time goes. While many processes want two processors a check loses more than the reference does, and the clock
says nothing about two jobs: they take 1.1 times the CPU time of one, a tenth of it in the process that waits for them.
Of a check of the public Universe 68 % go to examining the packages: 52 % to their plans (18 % follow names through
renderings, 17 % compare each rendering of the edited package with what was planned for it), 15 % to the rules. 12 % of
the whole is rendering, eight times for each of the 444 versions that set up a network, 14 % reading JSON, of files and
of what is rendered, and 8 % reading the templates.
A template is read once for the versions that share it, 892 times for 1,164 versions with 864 different ones; of
the 1,235 versions 1,210 differ in more than their package.json, so that keeping whole results would save 2 %.
With `-o` chevron, the second renderer of the proof, has 22 %, although it renders once what no difference reaches, and
the first one 9 %; writing has 16 %.
"""

_VERSIONS = 1_235
# As in the public Universe: 29 % of the versions have a network option, 8 % only networks of the host, the
# rest none; 3 % have another option with the same default; a version's template has some 190 lines and as
# many tags.
_WIRED, _HOST, _DECOY = 29, 37, 40
_LOAD = """
import json, os, sys
for folder, _, names in os.walk(sys.argv[1]):
    for name in names:
        if name.endswith(".json"):
            with open(os.path.join(folder, name), "rb") as file:
                json.loads(file.read())
"""
_SED = r"find {tree} -type f -exec sed 's/dcos/calico/g' {{}} + > /dev/null"


def package(number: int) -> dict[str, str]:
    """The files of one version, by name."""
    wired, host = number % 100 < _WIRED, number % 100 < _HOST
    groups: dict[str, Any] = {}
    lines: list[str] = []
    for group in range(6):
        properties: dict[str, Any] = {}
        for option in range(24):
            kind = ("boolean", "string", "integer", "number")[option % 4]
            default = {
                "boolean": option % 8 == 0,
                "string": f"value-{option}",
                "integer": option,
                "number": 0.5,
            }
            properties[f"option_{option}"] = {
                "description": f"What option {option} of group {group} is for, at some length. " * 2,
                "type": kind,
                "default": default[kind],
            }
            name = f"group_{group}.option_{option}"
            variable = f'"VARIABLE_{group}_{option}": "{{{{{name}}}}}",'
            if kind == "boolean":
                lines += [f"    {{{{#{name}}}}}", f"    {variable}", f"    {{{{/{name}}}}}"]
            else:
                lines.append(f"    {variable}")
        groups[f"group_{group}"] = {"type": "object", "properties": properties}
    service: dict[str, Any] = {
        "name": {"type": "string", "default": f"service-{number}"},
        "password": {"type": "string", "default": "dcos" if _HOST <= number % 100 < _DECOY else "secret"},
    }
    if wired:
        service["virtual_network_enabled"] = {"type": "boolean", "default": False}
        service["virtual_network_name"] = {"type": "string", "default": "dcos"}
        lines += [
            "    {{#service.virtual_network_enabled}}",
            '    "ENABLE_VIRTUAL_NETWORK": "yes",',
            '    "VIRTUAL_NETWORK_NAME": "{{service.virtual_network_name}}",',
            "    {{/service.virtual_network_enabled}}",
        ]
    groups["service"] = {"type": "object", "properties": service}
    networks = '  "networks": [{"mode": "host"}],\n' if host else ""
    labels = '  "labels": {"DCOS_COMMONS_API_VERSION": "v1"},\n' if wired else ""
    template = (
        '{\n  "id": "{{service.name}}",\n' + labels + networks + '  "env": {\n' + "\n".join(lines)
        + f'\n    "PACKAGE_VERSION": "{number}"\n  }}\n}}\n'
    )  # fmt: skip
    about = {
        "packagingVersion": "4.0", "name": f"package-{number // 7}", "version": f"1.{number}.0",
        "maintainer": "x@example.com", "description": "A package. " * 20, "tags": ["x"], "framework": wired,
    }  # fmt: skip
    uris = {f"asset-{n}": f"https://downloads.example.com/dcos/artifacts/0.57.0/{n}.zip" for n in range(12)}
    return {
        "package.json": json.dumps(about, indent=2),
        "config.json": json.dumps({"type": "object", "properties": groups}, indent=2),
        "marathon.json.mustache": template,
        "resource.json": json.dumps({"assets": {"uris": uris}}, indent=2),
    }


def universe(root: Path, versions: int) -> None:
    """Writes a Universe of as many versions, seven to a package."""
    for number in range(versions):
        directory = root / "repo" / "packages" / "P" / f"package-{number // 7}" / str(number)
        directory.mkdir(parents=True)
        for name, text in package(number).items():
            (directory / name).write_text(text)


def specification(lines: int) -> str:
    """A svc.yml of about as many lines, with sections, heredocs and networks by name and by variable."""
    parts = ["name: {{FRAMEWORK_NAME}}", "pods:"]
    pod = 0
    while len(parts) < lines:
        pod += 1
        network = "{{VIRTUAL_NETWORK_NAME}}" if pod % 2 else "dcos"
        parts += [
            f"  node-{pod}:",
            f"    count: {{{{COUNT_{pod}}}}}",
            "    {{#ENABLE_VIRTUAL_NETWORK}}",
            "    networks:",
            f"      {network}:",
            "    {{/ENABLE_VIRTUAL_NETWORK}}",
            f"    {{{{#PLACEMENT_{pod}}}}}",
            f"    placement: '{{{{{{PLACEMENT_{pod}}}}}}}'",
            f"    {{{{/PLACEMENT_{pod}}}}}",
            "    tasks:",
            "      server:",
            "        goal: RUNNING",
            "        cmd: |",
            "          cat > dcos.conf <<EOF",
            "          networks: dcos",
            "          EOF",
            "        cpus: 0.1",
            "        memory: 64",
        ]
    return "\n".join(parts) + "\n"


def rows() -> list[Row]:
    """All rows; the generated files go with the run."""
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        return [*_universe(work), *_specifications(work)]


def _generate(root: Path, versions: int) -> str:
    """Writes a Universe in a process of its own, so that this one stays small."""
    code = (
        "import sys; from pathlib import Path; from benchmarks.package import universe;"
        " universe(Path(sys.argv[1]), int(sys.argv[2]))"
    )
    subprocess.run([sys.executable, "-c", code, str(root), str(versions)], check=True)
    return str(root)


def _universe(work: Path) -> list[Row]:
    tree = _generate(work / "universe", _VERSIONS)
    double = _generate(work / "double", 2 * _VERSIONS)
    measured = measure(
        {
            "load": [sys.executable, "-c", _LOAD, tree],
            "check": tool("package", "--check", "-q", tree),
            "two": tool("package", "--check", "-q", "--jobs", "2", tree),
            "double": tool("package", "--check", "-q", double),
            "rewrite": tool("package", "-q", "-o", NEW, tree),
            "release": tool("package", "-q", "--release", tree),
            "sed": ["sh", "-c", _SED.format(tree=tree)],
        },
        rounds=3,
    )
    load = measured["load"].seconds
    ruined = sum(
        line.count("dcos") > 0
        for number in range(_VERSIONS)
        for text in package(number).values()
        for line in text.splitlines()
    ) - sum(number % 100 < _WIRED for number in range(_VERSIONS))
    return [
        Row(f"check {_VERSIONS:,} versions", measured["check"].seconds / load, bound=13, aim=8),
        Row(
            "two jobs on the clock, against one on the clock",
            measured["two"].elapsed / measured["check"].elapsed,
            bound=0.6,
            aim=0.55,
        ),
        Row(
            "twice as many versions, against that check",
            measured["double"].seconds / measured["check"].seconds,
            bound=2.3,
        ),
        Row(
            "rewrite them with the full proof into another tree",
            measured["rewrite"].seconds / load,
            bound=40,
            aim=25,
        ),
        Row("plan their releases with the full proof", measured["release"].seconds / load),
        Row("`sed s/dcos/calico/g`", measured["sed"].seconds / load, note=f"ruins {ruined:,} lines"),
    ]


def _specifications(work: Path) -> list[Row]:
    empty = work / "empty"
    empty.mkdir()
    (empty / "package.json").write_text('{"packagingVersion": "4.0", "name": "empty", "version": "0"}')
    (empty / "resource.json").write_text("{}")
    commands = {"empty": tool("package", "--check", "-q", str(empty))}
    for lines in (130, 500):
        path = work / f"svc-{lines}.yml"
        path.write_text(specification(lines))
        commands[str(lines)] = tool("package", "--check", "-q", str(empty), str(path))
    measured = measure(commands)
    return [
        Row(
            f"a svc.yml of {lines} lines, milliseconds",
            1000 * (measured[str(lines)].seconds - measured["empty"].seconds),
            bound=bound,
        )
        for lines, bound in ((130, 60), (500, 120))
    ]
