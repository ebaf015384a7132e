"""The settings of a package's options under which it is rendered."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from calico_migrate.package.universe import schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from calico_migrate.package.universe.schema import Declared, Option, OptionPath
    from calico_migrate.package.universe.templates import Section

# A list that is not empty has one entry of the shape that packages use for the labels of a network.
_ENTRY = {"key": "k0", "value": "v0"}


class Setting:
    """Values that are put over a package's defaults; ``title`` is how a message names the setting."""

    def __init__(self, title: str, overrides: tuple[tuple[OptionPath, Any], ...] = ()) -> None:
        self.title = title
        self.overrides = overrides

    @cached_property
    def values(self) -> str:
        """Equal for the same values alone: to Python 1 is True, which a template prints otherwise."""
        return repr(self.overrides)

    @cached_property
    def meets_resource(self) -> bool:
        """Whether it has values for the group that resource.json is put over."""
        return any(path[0] == "resource" for path, _ in self.overrides)

    @cached_property
    def is_nested(self) -> bool:
        """Whether it has values both for a group and for a member of it."""
        paths = {path for path, _ in self.overrides}
        return any(path[:end] in paths for path in paths for end in range(1, len(path)))

    def over(self, defaults: Mapping[str, Any]) -> dict[str, Any]:
        """The options as one nested object of its own."""
        tree: dict[str, Any] = schema.copied(dict(defaults))
        for path, value in self.overrides:
            schema.put(tree, path, value)
        return tree


DEFAULTS = Setting("at its defaults")


def all_flags(declared: Declared, *, on: bool) -> Setting:
    """Every switch on, or every switch off."""
    if on:
        return Setting("with all flags on", declared.all_on)
    return Setting("with all flags off", declared.all_off)


def only(flag: Section, declared: Declared) -> Setting:
    """All switches off but what one section tests, which is set so that the section shows."""
    return Setting(
        f"with {flag.name} alone {'off' if flag.inverted else 'on'}",
        (*declared.all_off, *requirement(flag, declared)),
    )


def showing(sections: Iterable[Section], base: Setting, declared: Mapping[OptionPath, Option]) -> Setting:
    """``base``, but with every one of the nested sections shown."""
    overrides = [*base.overrides]
    for section in sections:
        overrides += requirement(section, declared)
    return Setting(f"{base.title}, as far as the place can be seen", tuple(overrides))


def requirement(
    section: Section, declared: Mapping[OptionPath, Option]
) -> tuple[tuple[OptionPath, Any], ...]:
    """What must be set so that a section shows; nothing where its option has such a value by default."""
    path = section.path(declared)
    if path[-1] == "isEmpty" and path[:-1] in declared:
        # Java's List.isEmpty, which the package manager's templates reach by reflection.
        empty = not section.inverted
        path = path[:-1]
        if declared[path].schema.get("type") == "array" or isinstance(declared[path].default, list):
            return ((path, [] if empty else [_ENTRY]),)
        return ((path, "" if empty else "k0:v0"),)
    option = declared.get(path)
    if section.inverted:
        return ((path, _falsy(option)),)
    if option is None and _is_group(section, declared):
        # The package manager's engine takes every object for true, and its members must keep their values.
        return ()
    if option is not None and option.default and not option.is_flag:
        return ()
    return ((path, _truthy(option)),)


def _is_group(section: Section, declared: Mapping[OptionPath, Option]) -> bool:
    """Whether a section opens a group of options instead of testing one."""
    groups = [tuple(name.split(".")) for name in section.names]
    return any(path[: len(group)] == group for group in groups for path in declared)


def _truthy(option: Option | None) -> Any:
    kind = option.schema.get("type") if option is not None else None
    if kind == "array" or (option is not None and isinstance(option.default, list)):
        return [_ENTRY]
    if kind == "string" or (option is not None and isinstance(option.default, str)):
        return "x"
    if kind in ("integer", "number"):
        return 1
    return True


def _falsy(option: Option | None) -> Any:
    if option is not None:
        if option.schema.get("type") == "array" or isinstance(option.default, list):
            return []
        if option.schema.get("type") == "string" or isinstance(option.default, str):
            return ""
    return False
