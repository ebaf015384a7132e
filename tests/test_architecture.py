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


def at_start(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements that run when a module is imported; what stands under TYPE_CHECKING does not."""
    for statement in body:
        yield statement
        if isinstance(statement, ast.If) and "TYPE_CHECKING" in ast.unparse(statement.test):
            yield from at_start(statement.orelse)
        elif isinstance(statement, (ast.If, ast.For, ast.While, ast.With, ast.ClassDef)):
            yield from at_start(statement.body)
            yield from at_start(getattr(statement, "orelse", []))
        elif isinstance(statement, ast.Try):
            for part in (statement.body, statement.orelse, statement.finalbody):
                yield from at_start(part)


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
    graph = {
        name: {
            target
            for statement in at_start(module.tree.body)
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
