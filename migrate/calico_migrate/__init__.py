"""Moves DC/OS services from the dcos overlay network to Calico.

The library behind the command line. The names below are its public face; each is loaded when it is asked
for, so that importing the package costs nothing.

``rewrite(text, Options(NetworkMap.parse(["dcos=calico"])))`` rewrites one JSON document of Marathon
definitions; ``calico_migrate.calico.validate(text)`` validates Calico resources;
``calico_migrate.policy.evaluate(scenario)`` says whether a flow is allowed.
"""

from __future__ import annotations

from calico_migrate._version import __version__

# Type checkers take this name for true; importing typing would cost more than `--version` does.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from calico_core.errors import (
        CalicoMigrateError,
        InputError,
        OutputError,
        UsageError,
        VerificationError,
    )
    from calico_core.findings import Finding, Severity
    from calico_core.spans import Edit
    from calico_migrate.marathon.result import Options, Rewriting
    from calico_migrate.marathon.rewriting import rewrite
    from calico_migrate.network_map import NetworkMap

__all__ = [
    "CalicoMigrateError",
    "Edit",
    "Finding",
    "InputError",
    "NetworkMap",
    "Options",
    "OutputError",
    "Rewriting",
    "Severity",
    "UsageError",
    "VerificationError",
    "__version__",
    "rewrite",
]

_HOMES = {
    "CalicoMigrateError": "calico_core.errors",
    "Edit": "calico_core.spans",
    "Finding": "calico_core.findings",
    "InputError": "calico_core.errors",
    "NetworkMap": "calico_migrate.network_map",
    "Options": "calico_migrate.marathon.result",
    "OutputError": "calico_core.errors",
    "Rewriting": "calico_migrate.marathon.result",
    "Severity": "calico_core.findings",
    "UsageError": "calico_core.errors",
    "VerificationError": "calico_core.errors",
    "rewrite": "calico_migrate.marathon.rewriting",
}


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(home), name)


def __dir__() -> list[str]:
    return sorted(__all__)
