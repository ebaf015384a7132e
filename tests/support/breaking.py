"""Breaks one rule at a time and sees whether its own test fails: ``scripts/mutate [RULE …]``.

A broken rule says nothing (its ``check`` yields nothing) or, where the case is decided elsewhere, speaks under
another name. Its module is changed while it is imported, in a process that is forked for it; no file is touched.
"""

from __future__ import annotations

import ast
import contextlib
import importlib.abc
import importlib.machinery
import importlib.util
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from types import ModuleType

ROOT = Path(__file__).resolve().parent.parent.parent


class Target(NamedTuple):
    """A rule: its id, its module, and the file of its own tests."""

    id: str
    module: str
    tests: Path


def targets() -> Iterator[Target]:
    """Every rule, by its file: none is imported."""
    for source in ("migrate", "config"):
        for path in sorted((ROOT / source).rglob("rules/**/*.py")):
            if path.stem == "__init__":
                continue
            parts = path.relative_to(ROOT / source).with_suffix("").parts
            room, inside = parts[: parts.index("rules")], parts[parts.index("rules") + 1 :]
            area = Path("config") if room[0] == "calico_config" else Path("migrate", *room[1:])
            # The rules of a folder have their tests together, in one file or in a folder as well.
            tests = ROOT / "tests" / area / "rules"
            own = tests.joinpath(*inside[:-1], f"test_{inside[-1]}.py")
            tests = own if own.exists() else tests / f"test_{inside[0]}.py"
            yield Target(path.stem.replace("_", "-"), ".".join(parts), tests)


def broken(tree: ast.Module) -> ast.Module:
    """A rule's module that says nothing, or speaks under another name."""
    silent = False
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name == "check":
            node.body = ast.parse("def _():\n    return iter(())").body[0].body  # type: ignore[attr-defined]
            silent = True
    if not silent:
        tree.body += ast.parse("RULE.id = 'broken-rule'").body
    return ast.fix_missing_locations(tree)


class _Loader(importlib.machinery.SourceFileLoader):
    def source_to_code(self, data: object, path: object, **options: object) -> object:  # type: ignore[override]
        assert isinstance(data, (bytes, str))
        return compile(broken(ast.parse(data)), str(path), "exec", dont_inherit=True)

    def get_code(self, fullname: str) -> object:  # type: ignore[override]
        # Never what is cached.
        path = self.get_filename(fullname)
        return self.source_to_code(self.get_data(path), path)


class _Finder(importlib.abc.MetaPathFinder):
    def __init__(self, module: str) -> None:
        self._module = module

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname != self._module:
            return None
        found = importlib.machinery.PathFinder.find_spec(fullname, path)
        assert found is not None
        assert found.origin is not None
        return importlib.util.spec_from_file_location(
            fullname, found.origin, loader=_Loader(fullname, found.origin)
        )


def outcome(target: Target, *, whole: bool = False) -> int:
    """Pytest's exit code for the rule's own tests with the rule broken, or ``whole``: 1 and 0 are as they
    should be.
    """

    def run() -> int:
        import pytest

        class Broken:
            def pytest_configure(self) -> None:
                # In front of pytest's own, which looks after modules that are named like tests.
                if not whole:
                    sys.meta_path.insert(0, _Finder(target.module))

        arguments = ["-q", "-x", "-p", "no:cacheprovider", "-p", "no:xdist", str(target.tests)]
        return int(pytest.main(arguments, plugins=[Broken()]))

    return _in_a_process_of_its_own(run)


def _in_a_process_of_its_own(run: Callable[[], int]) -> int:
    child = os.fork()
    if child == 0:
        code = 70
        try:
            null = os.open(os.devnull, os.O_RDWR)
            for stream in (0, 1, 2):
                os.dup2(null, stream)
            code = run()
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def main(wanted: Sequence[str]) -> int:
    """Breaks the named rules, or all; answers 1 where one survives."""
    found = [target for target in targets() if not wanted or target.id in wanted]
    unknown = set(wanted) - {target.id for target in found}
    if unknown:
        print(f"there is no rule {', '.join(sorted(unknown))}", file=sys.stderr)
        return 2
    # What every test needs is imported once, before the forks; no module of a rule is among it.
    for name in ("pytest", "typer", "rich.console", "yaml", "json"):
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    survivors = []
    for target in found:
        # Of all rules the suite has told before.
        if wanted and outcome(target, whole=True) != 0:
            survivors.append(target.id)
            print(f"{target.id}: its test fails as the rule is", flush=True)
            continue
        code = outcome(target)
        survivors += [target.id] * (code != 1)
        words = {0: "SURVIVES", 1: "its test fails"}.get(
            code, f"its test cannot run (pytest ends with {code})"
        )
        print(f"{target.id}: {words}", flush=True)
    print(f"{len(found) - len(survivors)} of {len(found)} broken rules make their own test fail")
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
