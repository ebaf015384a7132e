"""Resolves what the templates reach, as ``gen/internals.py Resolver`` does."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from calico_config.installer.checks import one_of
from calico_config.installer.python36 import CrashedError, RefusedError
from calico_config.installer.table import Calculation

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from calico_config.installer.table import Scope, Table


class Resolution(NamedTuple):
    """What came of it: values by name (only what was asked for), messages by name, and what nobody set."""

    values: dict[str, str]
    errors: dict[str, str]
    unset: list[str]


class _SkippedError(Exception):
    """A parameter that this one needs has no value; its own message says why."""


def resolve(table: Table, given: Mapping[str, str]) -> Resolution:
    """Resolves with the user's texts. Raises CrashedError where the installer ends in a traceback."""
    resolver = _Resolver(table, given)
    resolver.scope(table.scope)
    resolver.joint_checks()
    return Resolution(resolver.values, resolver.errors, sorted(resolver.unset))


class _Resolver:
    def __init__(self, table: Table, given: Mapping[str, str]) -> None:
        self._table = table
        self._given = given
        self._switches = _choices(table.scope)
        self.values: dict[str, str] = {}
        self.errors: dict[str, str] = {}
        self.unset: set[str] = set()
        self._failed: set[str] = set()

    def scope(self, scope: Scope) -> None:
        for name in scope.variables:
            self._ensure(name)
        for name, cases in scope.switches.items():
            self._ensure(name)
            if name in self.values:
                self.scope(cases[self.values[name]])

    def joint_checks(self) -> None:
        """Checks of several parameters, skipped where one has no value; their messages come second."""
        found: list[tuple[tuple[str, ...], str]] = []
        for names, check in self._table.joint_checks:
            if all(name in self.values for name in names):
                try:
                    check({name: self.values[name] for name in names})
                except RefusedError as error:
                    found.append((names, error.message))
                except CrashedError as error:
                    error.names = names
                    raise
        for names, message in found:
            for name in names:
                self.errors.setdefault(name, message)

    def _ensure(self, name: str) -> None:
        if name in self.values or name in self._failed:
            return
        # Nothing depends on itself in the table, so that the depth is bounded.
        try:
            value = self._calculate(name)
            self._validate(name, value)
        except RefusedError as error:
            self._failed.add(name)
            self.errors[name] = error.message
        except _SkippedError:
            self._failed.add(name)
        except CrashedError as error:
            error.names = error.names or (name,)
            raise
        else:
            self.values[name] = value

    def _value(self, name: str) -> str:
        self._ensure(name)
        if name not in self.values:
            raise _SkippedError
        return self.values[name]

    def _calculate(self, name: str) -> str:
        table = self._table
        default: str | Calculation | None = table.defaults.get(name)
        fixed: str | Calculation | None = table.calculated.get(name)
        condition = table.conditional.get(name)
        if condition is not None and self._value(condition[0]) == condition[1]:
            fixed = condition[2]
        given = self._given.get(name)
        if fixed is not None and given is not None:
            raise RefusedError(
                f"{name} must be calculated, but was explicitly set in the configuration. "
                "Remove it from the configuration."
            )
        setter = given if given is not None else fixed if fixed is not None else default
        if setter is None:
            self.unset.add(name)
            raise _SkippedError
        if isinstance(setter, Calculation):
            return setter.function({needed: self._value(needed) for needed in setter.parameters})
        return setter

    def _validate(self, name: str, value: str) -> None:
        checks: tuple[Callable[[str], None], ...] = self._table.checks.get(name, ())
        for check in checks:
            check(value)
        if name in self._switches:
            one_of(value, self._switches[name])


def _choices(scope: Scope) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    pending = [scope]
    while pending:
        for name, cases in pending.pop().switches.items():
            found[name] = tuple(cases)
            pending.extend(cases.values())
    return found
