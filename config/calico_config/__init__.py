"""DC/OS ``config.yaml``: what it says, what the installer makes of it, and whether Calico will work with it.

The library's door is `check_config`; names are imported when they are first asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from calico_config.checking import ConfigCheck, check_config
    from calico_config.options import InstalledPool, Options, parse_reserved
    from calico_config.suggestion import Suggestion, suggest

__all__ = [
    "ConfigCheck",
    "InstalledPool",
    "Options",
    "Suggestion",
    "check_config",
    "parse_reserved",
    "suggest",
]

_HOMES = {
    "ConfigCheck": "checking",
    "InstalledPool": "options",
    "Options": "options",
    "Suggestion": "suggestion",
    "check_config": "checking",
    "parse_reserved": "options",
    "suggest": "suggestion",
}


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{home}"), name)
