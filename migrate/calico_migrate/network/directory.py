"""Writes a generated directory: all of it or nothing, and an existing one only when told so."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

from calico_core import writing
from calico_core.errors import InputError, OutputError, UsageError
from calico_core.sources import reason
from calico_migrate.network.promise import PROMISE_NAME, Promise

if TYPE_CHECKING:
    from collections.abc import Mapping

    from calico_migrate.network.generation import GeneratedFile


def write_directory(path: str, files: Mapping[str, GeneratedFile], *, force: bool = False) -> None:
    """Writes the files below ``path``.

    A new directory appears under its name only when it is complete. An existing one that is not empty is
    touched only with ``force``: every file that was generated before is replaced at once, scripts of agents
    that are gone are removed, and everything else in it (the journal, a user's notes) stays. Raises
    UsageError without ``force``, OutputError where something cannot be written, or where a file that was
    not generated before is in the way.
    """
    if os.path.lexists(path) and not os.path.isdir(path):
        raise OutputError("exists and is no directory", path=path)
    try:
        if not os.path.isdir(path):
            _create(path, files)
        elif not os.listdir(path):
            _update(path, files)
        elif not force:
            raise UsageError(
                f"{path} exists already; --force writes the files in it anew and keeps the journal"
            )
        else:
            before = _promise_of(path, files)
            _update(path, files)
            if before is not None:
                _remove_stale_scripts(path, before, files)
    except OSError as error:
        raise OutputError(f"cannot be written: {reason(error)}", path=path) from error


def _create(path: str, files: Mapping[str, GeneratedFile]) -> None:
    target = os.path.abspath(path)
    parent = os.path.dirname(target)
    os.makedirs(parent, exist_ok=True)
    # Named before it is made, so that an interruption leaves nothing behind.
    staging = os.path.join(parent, f".{os.path.basename(target)[:100]}.{os.urandom(8).hex()}.tmp")
    try:
        os.mkdir(staging)
        made = {staging}
        for name, file in files.items():
            place = os.path.join(staging, name)
            directory = os.path.dirname(place)
            if directory not in made:
                os.makedirs(directory, exist_ok=True)
                made.add(directory)
            _write_new(place, file)
        os.rename(staging, target)
    except BaseException:
        shutil.rmtree(staging, ignore_errors=True)
        raise


def _update(path: str, files: Mapping[str, GeneratedFile]) -> None:
    root = os.path.realpath(path)
    # The promise comes last: an interrupted update is seen as what it is, and the next one completes it.
    for name in sorted(files, key=lambda name: name == PROMISE_NAME):
        file = files[name]
        writing.create(os.path.join(root, name), file.content, mode=file.mode, inside=root, sync=False)


def _remove_stale_scripts(path: str, before: Promise, files: Mapping[str, GeneratedFile]) -> None:
    root = os.path.realpath(path)
    for agent in before.agents:
        name = before.script_of(agent)
        if name in files or os.path.basename(os.path.dirname(name)) != agent.name:
            continue
        script = os.path.join(root, name)
        directory = os.path.dirname(script)
        if not os.path.isfile(script):
            continue
        writing.place_inside(script, root)
        os.unlink(script)
        if not os.listdir(directory):
            os.rmdir(directory)


def _promise_of(path: str, files: Mapping[str, GeneratedFile]) -> Promise | None:
    """What a directory promised before; None where it never did, and none of the files is in the way."""
    place = os.path.join(path, PROMISE_NAME)
    try:
        with open(place, encoding="utf-8") as file:
            return Promise.from_json(file.read(), path=place)
    except (OSError, UnicodeDecodeError, InputError) as error:
        in_the_way = sorted(name for name in files if os.path.lexists(os.path.join(path, name)))
        if not in_the_way:
            return None
        raise OutputError(
            f"was not generated before (no usable {PROMISE_NAME}), and {in_the_way[0]} is in the way;"
            " name another directory",
            path=path,
        ) from error


def _write_new(place: str, file: GeneratedFile) -> None:
    descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, file.mode)
    with open(descriptor, "wb") as stream:
        stream.write(file.content)
