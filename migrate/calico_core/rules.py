"""The rule protocol: a rule is a small module, and its docstring is its documentation.

A module ``…/host_port_on_docker.py`` reads::

    from calico_core.rules import Findings, error

    RULE = error(__name__, source="…")


    def check(subject: Subject) -> Findings:
        ...
        yield RULE.finding(…)

Its id is ``host-port-on-docker``. The docstring's first line is the title; then come the explanation, an
``Example:`` paragraph with an indented block, and what to do. A rule's words stand in its module. Rules are
found by walking their package (`checks`); who looks at what stands in the annotation of ``check``. Where
start-up counts, a rule also says in ``WATCHES`` what must be there for it to have something to say.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from calico_core.findings import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable
    from types import ModuleType

Findings = Iterator[Finding]
"""What ``check`` answers."""

Subject = TypeVar("Subject")


class Rule:
    """A rule's identity: its id, its usual severity, where its fact comes from, and its documentation.

    ``module`` is the defining module's ``__name__``; ``source`` names a document and section or an
    upstream file; ``worst`` is the severity of its worst finding.
    """

    __slots__ = ("id", "module", "severity", "source", "worst")

    def __init__(
        self,
        module: str,
        severity: Severity,
        *,
        source: str,
        id: str | None = None,  # noqa: A002
        worst: Severity | None = None,
    ) -> None:
        self.module = module
        self.id = id if id is not None else module.rpartition(".")[2].replace("_", "-")
        self.severity = severity
        self.source = source
        self.worst = worst or severity

    @property
    def documentation(self) -> str:
        """The defining module's docstring, dedented."""
        import inspect

        from calico_core.docstrings import of_module

        return inspect.cleandoc(of_module(sys.modules[self.module]))

    @property
    def title(self) -> str:
        """The first line of the documentation, without its full stop."""
        return self.documentation.partition("\n")[0].rstrip(".")

    def finding(
        self,
        message: str,
        *,
        hint: str = "",
        line: int | None = None,
        column: int | None = None,
        pointer: str | None = None,
        severity: Severity | None = None,
        part: str | int | None = None,
    ) -> Finding:
        """A finding of this rule, with the rule's own severity unless another is given."""
        return Finding(
            self.id, severity or self.severity, message, hint, line, column, pointer, self.source, part
        )

    def __repr__(self) -> str:
        return f"Rule({self.id!r}, {self.severity.value})"


def error(module: str, *, source: str, id: str | None = None) -> Rule:  # noqa: A002
    """A rule whose findings are errors; ``module`` is the ``__name__`` of the rule's module."""
    return Rule(module, Severity.ERROR, source=source, id=id)


def warning(module: str, *, source: str, id: str | None = None, worst: Severity | None = None) -> Rule:  # noqa: A002
    """A rule whose findings are warnings; ``worst`` is for one that has errors among them."""
    return Rule(module, Severity.WARNING, source=source, id=id, worst=worst)


def info(module: str, *, source: str, id: str | None = None) -> Rule:  # noqa: A002
    """A rule whose findings are infos."""
    return Rule(module, Severity.INFO, source=source, id=id)


def checks(package: str, subject: type[Subject]) -> tuple[Callable[[Subject], Iterable[Finding]], ...]:
    """The ``check`` of every rule in a package that looks at such subjects, in the order of the rules' names.

    A rule says by the annotation of its one parameter what it looks at: a class, or several as ``A | B``.
    Raises TypeError where an annotation is no class (``from __future__ import annotations`` makes it a text).
    """
    return tuple(check for looks_at, check in _checks_of(package) if subject in looks_at)


def watched(package: str, known: Collection[str]) -> dict[str, tuple[str, ...]]:
    """For each thing that rules of a package watch for (their ``WATCHES``), the names of their modules.

    Where start-up counts, this is generated into a table, and only the modules that are asked are imported.
    Raises TypeError for a rule with a ``check`` that watches for nothing, or for what is not ``known``.
    """
    found: dict[str, list[str]] = {}
    for module in _modules((package,)):
        watches = getattr(module, "WATCHES", ())
        if not watches and hasattr(module, "check"):
            raise TypeError(f"{module.__name__} has no WATCHES, so that nobody would ask it")
        for what in watches:
            if what not in known:
                names = ", ".join(sorted(known))
                raise TypeError(f"{module.__name__} watches for {what!r}, which is none of {names}")
            found.setdefault(what, []).append(module.__name__.rpartition(".")[2])
    return {what: tuple(names) for what, names in sorted(found.items())}


@cache
def _checks_of(package: str) -> list[tuple[tuple[type, ...], Callable[[Any], Iterable[Finding]]]]:
    from types import UnionType

    found = []
    for module in _modules((package,)):
        check = getattr(module, "check", None)
        if check is None or check.__module__ != module.__name__:
            continue
        names = check.__code__.co_varnames[: check.__code__.co_argcount]
        annotation = check.__annotations__.get(names[0]) if len(names) == 1 else None
        looks_at = annotation.__args__ if isinstance(annotation, UnionType) else (annotation,)
        if not all(isinstance(each, type) for each in looks_at):
            raise TypeError(f"{module.__name__}.check does not say by a class what it looks at")
        found.append((looks_at, check))
    return found


def _modules(packages: Iterable[str]) -> Iterator[ModuleType]:
    """The modules of the named packages and their subpackages, in alphabetical order."""
    import importlib
    import pkgutil

    for package_name in packages:
        package = importlib.import_module(package_name)
        for each in pkgutil.walk_packages(package.__path__, package_name + "."):
            yield importlib.import_module(each.name)


def load_rules(packages: Iterable[str]) -> dict[str, Rule]:
    """Every rule of the named packages and their subpackages, by id, in alphabetical order.

    A rule module has ``RULE`` or, where one engine decides several closely related ids, ``RULES``.
    Raises ValueError where two modules claim one id.
    """
    found: dict[str, Rule] = {}
    for module in _modules(packages):
        for rule in (*getattr(module, "RULES", ()), *filter(None, (getattr(module, "RULE", None),))):
            if rule.module != module.__name__:
                continue
            if rule.id in found:
                raise ValueError(f"rule {rule.id!r} is in {found[rule.id].module} and in {rule.module}")
            found[rule.id] = rule
    return dict(sorted(found.items()))
