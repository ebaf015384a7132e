"""The rules of ``config check``, one small module each; each module has ``RULE`` and ``check``.

``check(facts)`` yields the findings of its rule; ``WATCHES`` says what a file must have for the rule to have
anything to say, so that only those modules are imported (`calico_config.rule_table`, generated from that).
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from calico_config.facts.parts import NUMBERS
from calico_config.rule_table import RULES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from calico_config.document.document import Setting
    from calico_config.facts.facts import Facts
    from calico_core.findings import Finding

    Check = Callable[[Facts], Iterable[Finding]]


def checks(facts: Facts) -> Iterator[Check]:
    """The check function of every rule that can have something to say of these facts."""
    settings, options = facts.document.settings, facts.options
    has_numbers = any(name in settings for name in NUMBERS)
    applies = {
        "anything": True,
        "refusals": bool(facts.refusals),
        "keys": bool(facts.document.duplicates) or any(_is_json(setting) for setting in settings.values()),
        "placeholders": bool(facts.document.placeholders),
        "calico_parameters": any(name.startswith("calico_") for name in settings),
        "numbers": has_numbers,
        "sizes": has_numbers or facts.overlay_is_set,
        "reserved": bool(options.reserved),
        "pools": bool(options.pools),
        "cloud": facts.cloud is not None,
        "overlays": facts.overlay_is_set,
        "vips": any(name.startswith("dcos_l4lb_m") for name in settings),
        "agent_lists": "agent_list" in settings or "public_agent_list" in settings,
    }
    for need in RULES:
        if applies[need]:
            yield from _group(need)


@cache
def _group(need: str) -> tuple[Check, ...]:
    from importlib import import_module

    return tuple(import_module(f"{__name__}.{name}").check for name in RULES[need])


def _is_json(setting: Setting) -> bool:
    value = setting.value
    return isinstance(value, str) and value.lstrip()[:1] in ("{", "[")


def unreadable(facts: Facts) -> Iterator[Finding]:
    """What can be said of a file that gave no settings: its placeholders, and bytes the installer dies of."""
    from calico_config.installer.refusals import unreadable_refusals
    from calico_config.rules import installer_refuses, unresolved_placeholder

    yield from unresolved_placeholder.check(facts)
    facts.refusals = list(unreadable_refusals(facts.document))
    yield from installer_refuses.check(facts)
