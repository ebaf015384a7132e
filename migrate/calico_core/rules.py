"""The rule registry: a rule is a small module, and its docstring is its documentation.

A module ``…/host_port_on_docker.py`` holds ``RULE = Rule(__name__, Severity.ERROR, source="…")``; its id is
``host-port-on-docker``. The docstring's first line is the title; then come the explanation, an ``Example:``
paragraph with an indented block, and what to do.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from calico_core.findings import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable


class Rule:
    """A rule's identity: its id, its usual severity, where its fact comes from, and its documentation.

    ``module`` is the defining module's ``__name__``; ``source`` names a document and section or an
    upstream file.
    """

    __slots__ = ("id", "module", "severity", "source")

    def __init__(self, module: str, severity: Severity, *, source: str, id: str | None = None) -> None:  # noqa: A002
        self.module = module
        self.id = id if id is not None else module.rpartition(".")[2].replace("_", "-")
        self.severity = severity
        self.source = source

    @property
    def documentation(self) -> str:
        """The defining module's docstring, dedented."""
        import inspect

        return inspect.cleandoc(sys.modules[self.module].__doc__ or "")

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
    ) -> Finding:
        """A finding of this rule, with the rule's own severity unless another is given."""
        return Finding(self.id, severity or self.severity, message, hint, line, column, pointer, self.source)

    def __repr__(self) -> str:
        return f"Rule({self.id!r}, {self.severity.value})"


def load_rules(packages: Iterable[str]) -> dict[str, Rule]:
    """Every rule of the named packages and their subpackages, by id, in alphabetical order.

    A rule module has ``RULE`` or, where one engine decides several closely related ids, ``RULES``.
    Raises ValueError where two modules claim one id.
    """
    import importlib
    import pkgutil

    found: dict[str, Rule] = {}
    for package_name in packages:
        package = importlib.import_module(package_name)
        for info in pkgutil.walk_packages(package.__path__, package_name + "."):
            module = importlib.import_module(info.name)
            for rule in (*getattr(module, "RULES", ()), *filter(None, (getattr(module, "RULE", None),))):
                if rule.module != info.name:
                    continue
                if rule.id in found:
                    raise ValueError(f"rule {rule.id!r} is in {found[rule.id].module} and in {rule.module}")
                found[rule.id] = rule
    return dict(sorted(found.items()))
