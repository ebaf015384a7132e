"""Builds `calico-migrate.pyz`: the program and its dependencies in one file, for any Python from 3.10 on.

``python -m shipping.zipapp_build [-o dist/calico-migrate.pyz]``

What goes in is this checkout and the dependencies as they are installed beside the running Python: the
versions that the tests ran with. Everything inside is Python source, with bytecode for the Python that built
it beside the source (another Python passes that over). Nothing is unpacked to disk when it runs. Extension
modules are left out: PyYAML does without its own, more slowly. The same inputs give the same bytes: entries
are sorted, and each has the time of ``SOURCE_DATE_EPOCH``, or the earliest that a zip can hold.
"""

from __future__ import annotations

import argparse
import compileall
import os
import py_compile
import shutil
import sys
import tempfile
import time
import zipapp
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import TYPE_CHECKING

from packaging.requirements import Requirement

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
NAME = "calico-migrate"
# The project's own packages: the wheel's, as pyproject.toml names them.
PACKAGES = (
    "migrate/calico_core",
    "migrate/calico_migrate",
    "config/calico_config",
    "templates/calico_templates",
)
# The Pythons that the file runs on; what any of them needs is inside.
PYTHONS = ("3.10", "3.11", "3.12", "3.13", "3.14")
# 1980-01-01, the first moment of a zip's calendar, in seconds since 1970.
EARLIEST = 315532800
# Extension modules and nothing else: ruamel.yaml does without.
EXTENSIONS_ONLY = {"ruamel-yaml-clib"}


class MissingDependencyError(Exception):
    """A dependency is not installed beside the running Python."""


def build(target: Path) -> None:
    """Writes the file.

    Raises:
        MissingDependencyError: A dependency is not installed; the message says which.
        OSError: The file cannot be written.
    """
    with tempfile.TemporaryDirectory() as folder:
        staging = Path(folder) / "staging"
        staging.mkdir()
        for package in PACKAGES:
            shutil.copytree(
                ROOT / package, staging / Path(package).name, ignore=shutil.ignore_patterns("__pycache__")
            )
        for dependency in dependencies():
            _copy(dependency, staging)
        shutil.copy(ROOT / "shipping/zipapp_main.py", staging / "__main__.py")
        shutil.copy(ROOT / "LICENSE", staging / "LICENSE")
        _compile(staging)
        _date(staging)
        made = Path(folder) / "made.pyz"
        zipapp.create_archive(staging, made, interpreter="/usr/bin/env python3", compressed=True)
        made.chmod(0o755)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(made, target)


def dependencies() -> list[Distribution]:
    """Every distribution that the program needs under some Python of `PYTHONS`, by name.

    Raises:
        MissingDependencyError: One is not installed.
    """
    found: dict[str, Distribution] = {}
    waiting = list(_required(distribution(NAME)))
    while waiting:
        requirement = waiting.pop()
        name = _normal(requirement.name)
        if name in found or name in EXTENSIONS_ONLY:
            continue
        try:
            found[name] = distribution(requirement.name)
        except PackageNotFoundError:
            message = f"{requirement} is not installed beside {sys.executable}; install it and build again"
            raise MissingDependencyError(message) from None
        waiting += _required(found[name])
    return [found[name] for name in sorted(found)]


def _required(by: Distribution) -> Iterator[Requirement]:
    for line in by.requires or ():
        requirement = Requirement(line)
        environments = (
            {
                "python_version": python,
                "python_full_version": f"{python}.0",
                "platform_python_implementation": "CPython",
                "sys_platform": "linux",
                "platform_system": "Linux",
                "os_name": "posix",
                "extra": "",
            }
            for python in PYTHONS
        )
        if requirement.marker is None or any(map(requirement.marker.evaluate, environments)):
            yield requirement


def _normal(name: str) -> str:
    return name.lower().replace("_", "-").replace(".", "-")


def _copy(dependency: Distribution, staging: Path) -> None:
    """Copies a distribution's Python source, its data, and its metadata with the licence."""
    left_out = {"RECORD", "INSTALLER", "REQUESTED", "direct_url.json"}
    for entry in dependency.files or ():
        # Programs and manual pages stand outside the folder of packages.
        outside = ".." in entry.parts
        native = entry.suffix in {".so", ".pyd", ".pyx", ".pxd", ".c", ".h", ".pyc"}
        if outside or native or entry.name in left_out:
            continue
        destination = staging / entry
        destination.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(str(dependency.locate_file(entry)), destination)


def _compile(staging: Path) -> None:
    compileall.compile_dir(
        staging,
        quiet=1,
        legacy=True,
        stripdir=str(staging),
        prependdir="calico-migrate.pyz",
        invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
    )
    # Pythons that are too old must find the source.
    (staging / "__main__.pyc").unlink()


def _date(staging: Path) -> None:
    moment = max(EARLIEST, int(os.environ.get("SOURCE_DATE_EPOCH", EARLIEST)))
    # A zip holds local times without saying of which zone.
    os.environ["TZ"] = "UTC"
    time.tzset()
    for path in staging.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
        os.utime(path, (moment, moment))


def main() -> int:
    """Builds from the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m shipping.zipapp_build", description="Builds the single file."
    )
    parser.add_argument("-o", "--output", type=Path, default=ROOT / "dist/calico-migrate.pyz")
    output = parser.parse_args().output
    try:
        build(output)
    except (MissingDependencyError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"{output}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
