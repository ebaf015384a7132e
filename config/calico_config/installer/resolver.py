"""Resolves what the templates reach, as ``gen/internals.py Resolver`` does.

Nearly everything in a config.yaml stays at its default. What the defaults alone give is resolved once, and
for a file only what depends on one of its settings is resolved again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from calico_config.installer.checks import one_of
from calico_config.installer.defaults import Calculation
from calico_config.installer.python36 import CrashedError, RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from calico_config.installer.table import Table
    from calico_config.installer.templates import Scope


class Resolution(NamedTuple):
    """What came of it: values by name (only what was asked for), messages by name, and what nobody set."""

    values: dict[str, str]
    errors: dict[str, str]
    unset: list[str]


class _SkippedError(Exception):
    """A parameter that this one needs has no value; its own message says why."""


class Resolver:
    """Resolves files against one table."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.choices = _choices(table.scope)
        self.reach = _reach(table.scope)
        self._dependents = _dependents(table)
        self._defaults = _Run(self, {}, None)
        self._defaults.go(frozenset(self._dependents))

    def resolve(self, given: Mapping[str, str]) -> Resolution:
        """Resolves with the user's texts. Raises CrashedError where the installer ends in a traceback."""
        affected = frozenset().union(*(self._dependents.get(name, _NOTHING) for name in given))
        run = _Run(self, given, self._defaults)
        run.go(affected)
        return Resolution(run.values, run.errors, sorted(run.unset))


_NOTHING: frozenset[str] = frozenset()


def resolve(table: Table, given: Mapping[str, str]) -> Resolution:
    """The same without the short cut: everything is resolved anew."""
    resolver = Resolver(table)
    run = _Run(resolver, given, None)
    run.go(frozenset({*_everything(table), *given}))
    return Resolution(run.values, run.errors, sorted(run.unset))


class _Run:
    def __init__(self, resolver: Resolver, given: Mapping[str, str], defaults: _Run | None) -> None:
        self._table = resolver.table
        self._choices = resolver.choices
        self._reach = resolver.reach
        self._given = given
        self._defaults = defaults
        self.values: dict[str, str] = {}
        self.errors: dict[str, str] = {}
        self.unset: set[str] = set()
        self.failed: set[str] = set()

    def go(self, affected: frozenset[str]) -> None:
        """Resolves what is affected and reached; the rest is as the defaults have it."""
        defaults = self._defaults
        if defaults is not None:
            self.values = defaults.values.copy()
            for name in affected:
                self.values.pop(name, None)
            self.errors = {name: text for name, text in defaults.errors.items() if name not in affected}
            self.unset = defaults.unset - affected
            self.failed = defaults.failed - affected
        self._scope(self._table.scope, affected)
        self._joint_checks(affected)

    def _scope(self, scope: Scope, affected: frozenset[str]) -> None:
        for name in affected & scope.names:
            self._ensure(name)
        reach = self._reach
        for name, cases in scope.switches.items():
            if affected.isdisjoint(reach[name]):
                continue
            if name in affected:
                self._ensure(name)
            if name in self.values:
                self._scope(cases[self.values[name]], affected)

    def _joint_checks(self, affected: frozenset[str]) -> None:
        """Checks of several parameters, skipped where one has no value; their messages come second."""
        found: list[tuple[tuple[str, ...], str]] = []
        values = self.values
        for names, check in self._table.joint_checks:
            if affected.isdisjoint(names) or not all(name in values for name in names):
                continue
            try:
                check({name: values[name] for name in names})
            except RefusedError as error:
                found.append((names, error.message))
            except CrashedError as error:
                error.names = names
                raise
        for names, message in found:
            for name in names:
                self.errors.setdefault(name, message)

    def _ensure(self, name: str) -> None:
        if name in self.values or name in self.failed:
            return
        # Nothing depends on itself in the table, so that the depth is bounded.
        try:
            value = self._calculate(name)
            self._validate(name, value)
        except RefusedError as error:
            self.failed.add(name)
            self.errors[name] = error.message
        except _SkippedError:
            self.failed.add(name)
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
        if name in self._choices:
            one_of(value, self._choices[name])


def _scopes(scope: Scope) -> Iterable[Scope]:
    pending = [scope]
    while pending:
        current = pending.pop()
        yield current
        for cases in current.switches.values():
            pending.extend(cases.values())


def _choices(scope: Scope) -> dict[str, tuple[str, ...]]:
    return {name: tuple(cases) for inner in _scopes(scope) for name, cases in inner.switches.items()}


def _reach(scope: Scope) -> dict[str, frozenset[str]]:
    """Every switch with all that any of its cases names."""
    return {
        name: frozenset({name}).union(
            *(set(inner.names).union(inner.switches) for case in cases.values() for inner in _scopes(case))
        )
        for outer in _scopes(scope)
        for name, cases in outer.switches.items()
    }


def _everything(table: Table) -> set[str]:
    names = {*table.defaults, *table.calculated, *table.conditional}
    for scope in _scopes(table.scope):
        names.update(scope.names, scope.switches)
    return names


def _dependents(table: Table) -> dict[str, frozenset[str]]:
    """For every parameter all that a value of its own may change.

    That is itself, what is calculated from it, what its cases reach, and what would have been asked for to
    calculate it: nobody may ask for that any more.
    """
    direct: dict[str, set[str]] = {name: set() for name in _everything(table)}
    inputs: dict[str, set[str]] = {name: set() for name in direct}
    setters = [*table.defaults.items(), *table.calculated.items()]
    for name, (condition, _, setter) in table.conditional.items():
        setters.append((name, setter))
        direct[condition].add(name)
        inputs[name].add(condition)
    for name, setter in setters:
        if isinstance(setter, Calculation):
            inputs[name].update(setter.parameters)
            for needed in setter.parameters:
                direct[needed].add(name)
    behind: set[str] = set()
    for scope in _scopes(table.scope):
        for name, cases in scope.switches.items():
            for case in cases.values():
                for inner in _scopes(case):
                    reached = {*inner.names, *inner.switches}
                    direct[name] |= reached
                    behind |= reached
    return {name: _closure(name, direct, inputs, behind) for name in direct}


def _closure(
    start: str, direct: Mapping[str, set[str]], inputs: Mapping[str, set[str]], behind: set[str]
) -> frozenset[str]:
    found = {start}
    pending = [start]
    while pending:
        name = pending.pop()
        further = direct[name]
        if name == start or name in behind:
            further = further | inputs[name]
        pending.extend(further - found)
        found |= further
    return frozenset(found)
