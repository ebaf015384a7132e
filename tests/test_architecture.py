"""How the packages hang together, and what starting a command may import."""

from __future__ import annotations

import ast
import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

# Each package, its source root, and the packages of the project that it may import.
ALLOWED = {
    "calico_core": ("migrate", set()),
    "calico_templates": ("templates", {"calico_core"}),
    "calico_config": ("config", {"calico_core", "calico_templates"}),
    "calico_migrate": ("migrate", {"calico_core", "calico_templates", "calico_config"}),
}


class Module(NamedTuple):
    """A module of the project: its tree, and whether it is a package."""

    tree: ast.Module
    is_package: bool


@pytest.fixture(scope="module")
def modules(root: Path) -> dict[str, Module]:
    found = {}
    for package, (source, _) in ALLOWED.items():
        for path in sorted((root / source / package).rglob("*.py")):
            parts = path.relative_to(root / source).with_suffix("").parts
            is_package = parts[-1] == "__init__"
            name = ".".join(parts[:-1] if is_package else parts)
            found[name] = Module(ast.parse(path.read_text(encoding="utf-8")), is_package)
    return found


def imported(statement: ast.stmt, modules: Mapping[str, Module]) -> Iterator[str]:
    """The modules of the project that one statement imports."""
    if isinstance(statement, ast.Import):
        names = [alias.name for alias in statement.names]
    elif isinstance(statement, ast.ImportFrom) and statement.module:
        assert statement.level == 0, "imports are absolute"
        names = [f"{statement.module}.{alias.name}" for alias in statement.names]
        names = [name if name in modules else statement.module for name in names]
    else:
        return
    yield from (name for name in names if name.split(".")[0] in ALLOWED)


def test_imports_run_one_way(modules: dict[str, Module]) -> None:
    wrong = []
    for name, module in modules.items():
        own = name.split(".")[0]
        for statement in ast.walk(module.tree):
            if isinstance(statement, ast.stmt):
                for target in imported(statement, modules):
                    package = target.split(".")[0]
                    if package != own and package not in ALLOWED[own][1]:
                        wrong.append(f"{name} imports {target}")
    assert wrong == []


def test_there_is_no_circle(modules: dict[str, Module]) -> None:
    """Imports for types and imports inside functions count: a reader follows them all."""
    graph = {
        name: {
            target
            for statement in ast.walk(module.tree)
            if isinstance(statement, ast.stmt)
            for target in imported(statement, modules)
            if target in modules and target != name
        }
        for name, module in modules.items()
    }
    done: set[str] = set()
    circles: list[list[str]] = []

    def visit(name: str, path: list[str]) -> None:
        if name in path:
            circles.append([*path[path.index(name) :], name])
        elif name not in done:
            for target in sorted(graph[name]):
                visit(target, [*path, name])
            done.add(name)

    for name in graph:
        visit(name, [])
    assert circles == []


# A folder that is longer than this is no room any more; a folder of rules may have as many as there are rules.
MOST_MODULES = 25
MOST_LINES = 400


def test_rooms_and_modules_can_be_overlooked(modules: dict[str, Module], root: Path) -> None:
    folders: dict[str, int] = {}
    for name, module in modules.items():
        folder = name if module.is_package else name.rpartition(".")[0]
        folders[folder] = folders.get(folder, 0) + 1
    long = {name: count for name, count in folders.items() if count > MOST_MODULES}
    assert {name for name in long if not name.endswith(".rules")} == set()
    lines = {
        path.relative_to(root).as_posix(): path.read_text(encoding="utf-8").count("\n")
        for source in ("migrate", "config", "templates")
        for path in (root / source).rglob("*.py")
    }
    assert {path: count for path, count in lines.items() if count > MOST_LINES} == {}


def test_the_words_of_a_finding_stand_in_its_rule(modules: dict[str, Module]) -> None:
    """Calico's validation excepted: one of its refusals has many places, as in Go's validator."""
    elsewhere = [
        f"{name}:{node.lineno}"
        for name, module in modules.items()
        for node in ast.walk(module.tree)
        if ".rules." not in name
        and isinstance(node, ast.Call)
        and ast.unparse(node.func).endswith("RULE.finding")
    ]
    assert elsewhere == []


def test_a_name_has_one_meaning(modules: dict[str, Module]) -> None:
    """What many rooms speak of is one class; what only one room has may be called as there is usual."""
    shared = ("Edit", "Facts", "Finding", "Outcome", "Path", "Span")
    homes: dict[str, list[str]] = {name: [] for name in shared}
    for module, each in modules.items():
        for node in each.tree.body:
            named = node.name if isinstance(node, ast.ClassDef) else ""
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                named = node.targets[0].id
            if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                named = node.target.id
            if named in homes:
                homes[named].append(module)
    assert {name: found for name, found in homes.items() if len(found) != 1} == {}


def test_only_the_command_line_prints(modules: dict[str, Module]) -> None:
    speaking = [
        f"{name}:{node.lineno}"
        for name, module in modules.items()
        for node in ast.walk(module.tree)
        if not name.startswith(("calico_migrate.cli", "calico_migrate.__main__"))
        and isinstance(node, ast.Call)
        and ast.unparse(node.func) in ("print", "input", "sys.stdout.write", "sys.stderr.write")
    ]
    assert speaking == []


def test_every_module_says_what_it_is_for(modules: dict[str, Module]) -> None:
    silent = [
        name
        for name, module in modules.items()
        if not ast.get_docstring(module.tree)
        and not (module.is_package and not module.tree.body)
        # The build reads the version from a file with nothing else in it.
        and name != "calico_migrate._version"
    ]
    assert silent == []


APP = '{"id": "/a", "cmd": "run", "networks": [{"mode": "container", "name": "dcos"}]}'
_REPORT = "; print('\\n'.join(sorted(sys.modules)), file=sys.stderr)"


def loaded(code: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; {code}{_REPORT}"],
        input=APP,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return set(done.stderr.split())


def test_a_small_file_needs_nothing_heavy() -> None:
    modules = loaded("from calico_migrate.cli import run; run(['marathon', '--quiet', '-'])")
    heavy = {
        "rich", "ruamel", "ruamel.yaml", "yaml", "chevron", "jsonpatch", "jsonpointer", "pydantic", "asyncio",
        "ssl", "ipaddress", "concurrent.futures", "multiprocessing", "http", "dataclasses", "difflib",
    }  # fmt: skip
    assert "calico_migrate.marathon.rewriting" in modules
    # What Typer itself brings along is not this project's choice.
    typer = loaded(
        "import typer; app = typer.Typer(); app.command()(lambda: None); typer.main.get_command(app)"
    )
    assert (modules - typer) & heavy == set()
    assert modules.isdisjoint({"rich", "ruamel", "yaml", "chevron", "jsonpatch", "asyncio", "ssl"})
    other_commands = {"package", "network", "policy", "config"}
    assert {name for name in modules if name.startswith("calico_migrate.cli.")} & {
        f"calico_migrate.cli.{command}" for command in other_commands
    } == set()


def test_the_version_needs_no_typer() -> None:
    code = "sys.argv = ['calico-migrate', '--version']; from calico_migrate.__main__ import main; main()"
    assert loaded(code).isdisjoint({"typer", "click", "rich", "json", "calico_core.findings"})


def test_the_library_needs_no_command_line() -> None:
    code = "from calico_migrate.marathon.rewriting import rewrite; rewrite(sys.stdin.read())"
    modules = loaded(code)
    assert modules.isdisjoint({"typer", "click", "rich"})
    assert not any(name.startswith("calico_migrate.cli") for name in modules)


@pytest.mark.parametrize("package", list(ALLOWED))
def test_every_package_is_typed(package: str, root: Path) -> None:
    assert (root / ALLOWED[package][0] / package / "py.typed").exists()
