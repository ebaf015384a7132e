"""Where definitions stand in a YAML document: at its top, in wrappers, and in the options of Ansible's tasks.

What counts as a definition says `parsed.recognition`; a task's option may also hold it as
JSON in a block scalar. Nothing else is looked into: not ConfigMaps, not ``write_files``, not variables.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from calico_migrate.marathon.parsed import recognition

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calico_core.json.pointers import Path

# Where Ansible has lists of tasks: in a play, and in a block.
_TASKS = frozenset({"tasks", "pre_tasks", "post_tasks", "handlers", "block", "rescue", "always"})
# What a task holds beside its module.
_KEYWORDS = frozenset({"vars", "environment", "when", "loop", "with_items", "register", "tags", "name"})
_OPTIONS = ("app", "definition")
# The options of modules that have others.
_MODULES = {"uri": ("body",), "dcos_marathon": (*_OPTIONS, "options", "resource")}


class Place(NamedTuple):
    """A definition in a document's value: its kind, its path, its value, and what it is called."""

    kind: str
    path: Path
    value: dict[str, Any]
    name: str | None


class Block(NamedTuple):
    """A text where a definition may stand, as JSON; ``name`` is what the text around it calls it."""

    path: Path
    name: str | None


def places(value: Any) -> Iterator[Place | Block]:
    """The definitions in a document's value, and the texts that may hold some as JSON."""
    count = 0
    for kind, path, found in recognition.places(value):
        count += 1
        yield Place(kind, path, found, _identity(value, path, kind, found))
    if not count and isinstance(value, list):
        yield from _tasks(value, ())


def _identity(root: Any, path: Path, kind: str, value: dict[str, Any]) -> str | None:
    """What a definition is called, with the ids of the groups around it."""
    own = recognition.identity(kind, value)
    if own is None:
        return None
    around: list[str | None] = []
    for step in path:
        if isinstance(root, dict):
            name = root.get("id")
            around.append(name if isinstance(name, str) else None)
        root = root[step]
    return recognition.in_group(own, reversed(around))


def _tasks(tasks: list[Any], path: Path) -> Iterator[Place | Block]:
    for index, task in enumerate(tasks):
        if not isinstance(task, dict):
            continue
        modules = {key.rpartition(".")[2] for key in task}
        for key, held in task.items():
            place = (*path, index, key)
            if key in _TASKS and isinstance(held, list):
                yield from _tasks(held, place)
            elif key not in _KEYWORDS and isinstance(held, dict):
                module = key.rpartition(".")[2]
                if module in ("action", "local_action"):
                    module = str(held.get("module", "")).rpartition(".")[2]
                if module == "args":
                    module = next((name for name in _MODULES if name in modules), "")
                yield from _options(module, held, place)


def _options(module: str, options: dict[str, Any], path: Path) -> Iterator[Place | Block]:
    """The definitions in a module's options, or in a list of them."""
    named = options.get("app_id")
    name = named if isinstance(named, str) else None
    if module == "dcos_marathon":
        yield from _held(options, path, name, needs_id=True)
    for option in _MODULES.get(module, _OPTIONS):
        if option not in options:
            continue
        held = options[option]
        if isinstance(held, list):
            for index, each in enumerate(held):
                yield from _held(each, (*path, option, index), name)
        else:
            yield from _held(held, (*path, option), name)


def _held(value: Any, path: Path, name: str | None, *, needs_id: bool = False) -> Iterator[Place | Block]:
    if isinstance(value, str):
        if value.lstrip()[:1] in ("{", "["):
            yield Block(path, name)
        return
    for kind, below, found in recognition.places(value, needs_id=needs_id):
        own = _identity(value, below, kind, found)
        yield Place(kind, path + below, found, own or name)
