"""The options that a package declares in config.json, as the package manager sees them.

Like the package manager (dcos/cosmos ``cosmos/jsonschema/JsonSchema.scala:85-112``): a property's value is
its ``default``, else what its own ``properties`` give.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from calico_core.json.pointers import token

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

OptionPath = tuple[str, ...]

_NESTED = frozenset({dict, list})


class Option(NamedTuple):
    """One declared option.

    ``path`` is its place in the options file, ``schema`` its declaration, ``default`` its value where
    ``declared`` says that it has one. ``pointer`` is the RFC 6901 pointer of the default in config.json.
    Options inside the default of a group are listed too; their ``schema`` is empty, since the group's own
    default already holds them.
    """

    path: OptionPath
    schema: Mapping[str, Any]
    declared: bool
    default: Any
    pointer: str

    @property
    def name(self) -> str:
        """The path as the documentation writes it: ``service.virtual_network_name``."""
        return ".".join(self.path)

    @property
    def is_flag(self) -> bool:
        """Whether the option is a switch."""
        return self.schema.get("type") == "boolean" or isinstance(self.default, bool)


class Declared(dict[OptionPath, Option]):
    """The options of a config.json by their paths, in the order of the file."""

    @cached_property
    def flags(self) -> tuple[OptionPath, ...]:
        """The paths of the switches."""
        return tuple(path for path, option in self.items() if option.is_flag)

    @cached_property
    def all_on(self) -> tuple[tuple[OptionPath, bool], ...]:
        """Every switch with the value that sets it."""
        return tuple((path, True) for path in self.flags)

    @cached_property
    def all_off(self) -> tuple[tuple[OptionPath, bool], ...]:
        """Every switch with the value that does not."""
        return tuple((path, False) for path in self.flags)


def options(config: Any) -> Declared:
    """Every option of a config.json; none for what is no schema."""
    found = Declared()
    _walk(config, (), "", found)
    return found


def _walk(schema: Any, path: OptionPath, pointer: str, found: dict[OptionPath, Option]) -> None:
    properties = schema.get("properties") if isinstance(schema, dict) else None
    if not isinstance(properties, dict):
        return
    for key, declaration in properties.items():
        if not isinstance(declaration, dict):
            continue
        below = f"{pointer}/properties/{token(key)}"
        here = (*path, key)
        if "default" in declaration:
            default = declaration["default"]
            found[here] = Option(here, declaration, True, default, f"{below}/default")
            if isinstance(default, dict):
                for option in _inside(default, here, f"{below}/default"):
                    found[option.path] = option
        elif isinstance(declaration.get("properties"), dict):
            _walk(declaration, here, below, found)
        else:
            found[here] = Option(here, declaration, False, None, f"{below}/default")


def _inside(default: Any, path: OptionPath, pointer: str) -> Iterator[Option]:
    """The members of a group whose default is given as one object."""
    if isinstance(default, dict):
        for key, value in default.items():
            here, below = (*path, key), f"{pointer}/{token(key)}"
            yield Option(here, {}, declared=True, default=value, pointer=below)
            yield from _inside(value, here, below)


def copied(value: Any) -> Any:
    """A value whose groups can be changed without changing the original's."""
    kind = type(value)
    if kind is dict:
        return {key: copied(item) if type(item) in _NESTED else item for key, item in value.items()}
    if kind is list:
        return [copied(item) for item in value]
    return value


def put(tree: dict[str, Any], path: OptionPath, value: Any) -> None:
    """Sets a value in a nested object, making the groups on the way; what is no group there gives way."""
    for key in path[:-1]:
        below = tree.get(key)
        if not isinstance(below, dict):
            below = tree[key] = {}
        tree = below
    tree[path[-1]] = value


def get(tree: Any, path: OptionPath) -> Any:
    """The value at a path of a nested object; None where there is none."""
    for key in path:
        if not isinstance(tree, dict) or key not in tree:
            return None
        tree = tree[key]
    return tree
