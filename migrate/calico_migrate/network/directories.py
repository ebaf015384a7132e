"""Writes a generated directory: a new one appears whole, an existing one changes file by file."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import tempfile
from typing import TYPE_CHECKING

from calico_core.errors import CalicoMigrateError, OutputError
from calico_core.sources import reason

from calico_migrate.network.agents import address_problem
from calico_migrate.network.promise import PROMISE_NAME, Promise

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from calico_migrate.network.generation import GeneratedFile


def require_absent(path: str, *, force: bool) -> None:
    """Raises OutputError where something exists at ``path`` that may not be touched."""
    if not os.path.lexists(path):
        return
    if not os.path.isdir(path):
        raise OutputError("is no directory; name one that does not exist yet", path=path)
    if not force:
        raise OutputError(
            "exists already and is not touched; name another directory, or add --force to write the files"
            " there anew (its journal is kept)",
            path=path,
        )


def write(path: str, files: Mapping[str, GeneratedFile], *, force: bool) -> None:
    """Writes ``files`` (by relative path) below ``path``.

    A directory that does not exist yet appears with all its files at once. With ``force`` an existing one
    gets them one by one, each atomically and the promise last; scripts of agents that its old promise
    names and the new one does not are removed, everything else stays. Raises OutputError; LiveError where
    a run is under way in it.
    """
    require_absent(path, force=force)
    target = os.path.realpath(path)
    try:
        parent = os.path.dirname(target)
        os.makedirs(parent, exist_ok=True)
        temporary = tempfile.mkdtemp(prefix=f".{os.path.basename(target)[:100]}.", suffix=".tmp", dir=parent)
    except OSError as error:
        raise OutputError(f"cannot be written: {reason(error)}", path=path) from error
    try:
        _write_all(temporary, files)
        if os.path.isdir(target):
            _move_into(temporary, target, files)
        else:
            os.chmod(temporary, 0o777 & ~_umask())
            os.rename(temporary, target)
    except OSError as error:
        raise OutputError(f"cannot be written: {reason(error)}", path=path) from error
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _write_all(folder: str, files: Mapping[str, GeneratedFile]) -> None:
    mask = _umask()
    made = {folder}
    for name, file in files.items():
        path = os.path.join(folder, *name.split("/"))
        parent = os.path.dirname(path)
        if parent not in made:
            os.makedirs(parent, exist_ok=True)
            made.add(parent)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, file.mode & ~mask)
        with open(descriptor, "wb") as stream:
            stream.write(file.content)


def _move_into(temporary: str, target: str, files: Mapping[str, GeneratedFile]) -> None:
    from calico_migrate.network.journal import lock

    with lock(target):
        stale = _stale_scripts(target, files)
        # Until the new promise stands there, the old one does, whose scripts are all still present.
        for name in sorted(files, key=lambda name: name == PROMISE_NAME):
            parts = name.split("/")
            _make_folders(target, parts[:-1])
            os.replace(os.path.join(temporary, *parts), os.path.join(target, *parts))
        _remove(target, stale)


def _make_folders(target: str, parts: Iterable[str]) -> None:
    """Makes the folders of a file, and refuses links, which could lead out of the directory."""
    folder = target
    for part in parts:
        folder = os.path.join(folder, part)
        with contextlib.suppress(FileExistsError):
            os.mkdir(folder)
        if not stat.S_ISDIR(os.lstat(folder).st_mode):
            raise OutputError("is no directory, and nothing is written through it", path=folder)


def _stale_scripts(target: str, files: Mapping[str, GeneratedFile]) -> list[str]:
    """The scripts that an earlier generation made for agents that are gone."""
    from calico_core import sources

    path = os.path.join(target, PROMISE_NAME)
    try:
        earlier = Promise.from_json(sources.read(path).text, path=path)
    except CalicoMigrateError:
        return []
    named = [agent for agent in earlier.agents if address_problem(agent.name) is None]
    return [script for script in map(earlier.script_of, named) if script not in files]


def _remove(target: str, scripts: Iterable[str]) -> None:
    for script in scripts:
        parts = script.split("/")
        folders = [os.path.join(target, *parts[:depth]) for depth in range(1, len(parts))]
        if any(os.path.islink(folder) for folder in folders):
            continue
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            os.unlink(os.path.join(target, *parts))
        # A folder in which somebody put something else stays.
        with contextlib.suppress(OSError):
            os.rmdir(folders[-1])


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
