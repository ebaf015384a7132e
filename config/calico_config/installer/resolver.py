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


# For so many sets of names it is remembered what they affect; the files of a run resemble each other.
MOST_KEPT = 1_000

_NOTHING: frozenset[str] = frozenset()


class Resolution(NamedTuple):
    """What came of it: values by name (only what was asked for), messages by name, and what nobody set."""

    values: dict[str, str]
    errors: dict[str, str]
    unset: list[str]


class _Plan(NamedTuple):
    """How one parameter comes to its value, and what is checked of it."""

    default: str | Calculation | None
    calculated: str | Calculation | None
    condition: tuple[str, str, str | Calculation] | None
    checks: tuple[Callable[[str], None], ...]
    choices: tuple[str, ...] | None


_NO_PLAN = _Plan(None, None, None, (), None)


class _SkippedError(Exception):
    """A parameter that this one needs has no value; its own message says why."""


class Resolver:
    """Resolves files against one table."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.plans = _plans(table)
        self.reach = _reach(table.scope)
        self._dependents = _dependents(table)
        self._affected: dict[tuple[str, ...], frozenset[str]] = {}
        self._defaults = _Run(self, {}, None)
        self._defaults.go(frozenset(self._dependents))

    def resolve(self, given: Mapping[str, str]) -> Resolution:
        """Resolves with the user's texts. Raises CrashedError where the installer ends in a traceback."""
        names = tuple(given)
        affected = self._affected.get(names)
        if affected is None:
            affected = _NOTHING.union(*(self._dependents.get(name, _NOTHING) for name in names))
            if len(self._affected) < MOST_KEPT:
                self._affected[names] = affected
        run = _Run(self, given, self._defaults)
        run.go(affected)
        return Resolution(run.values, dict(sorted(run.errors.items())), sorted(run.unset))


def resolve(table: Table, given: Mapping[str, str]) -> Resolution:
    """The same without the short cut: everything is resolved anew."""
    resolver = Resolver(table)
    run = _Run(resolver, given, None)
    run.go(frozenset({*_everything(table), *given}))
    return Resolution(run.values, dict(sorted(run.errors.items())), sorted(run.unset))


class _Run:
    def __init__(self, resolver: Resolver, given: Mapping[str, str], defaults: _Run | None) -> None:
        self._table = resolver.table
        self._plans = resolver.plans
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
            plan = self._plans.get(name, _NO_PLAN)
            value = self._calculate(name, plan)
            for check in plan.checks:
                check(value)
            if plan.choices is not None and value not in plan.choices:
                one_of(value, plan.choices)
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
        value = self.values.get(name)
        if value is None:
            self._ensure(name)
            if name not in self.values:
                raise _SkippedError
            value = self.values[name]
        return value

    def _calculate(self, name: str, plan: _Plan) -> str:
        fixed = plan.calculated
        if plan.condition is not None and self._value(plan.condition[0]) == plan.condition[1]:
            fixed = plan.condition[2]
        given = self._given.get(name)
        if given is not None:
            if fixed is not None:
                raise RefusedError(
                    f"{name} must be calculated, but was explicitly set in the configuration. "
                    "Remove it from the configuration."
                )
            return given
        setter = fixed if fixed is not None else plan.default
        if isinstance(setter, str):
            return setter
        if setter is None:
            self.unset.add(name)
            raise _SkippedError
        return setter.function({needed: self._value(needed) for needed in setter.parameters})


def _scopes(scope: Scope) -> Iterable[Scope]:
    pending = [scope]
    while pending:
        current = pending.pop()
        yield current
        for cases in current.switches.values():
            pending.extend(cases.values())


def _plans(table: Table) -> dict[str, _Plan]:
    choices = {name: tuple(cases) for scope in _scopes(table.scope) for name, cases in scope.switches.items()}
    return {
        name: _Plan(
            table.defaults.get(name),
            table.calculated.get(name),
            table.conditional.get(name),
            table.checks.get(name, ()),
            choices.get(name),
        )
        for name in {*_everything(table), *table.checks}
    }


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
