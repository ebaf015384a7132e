"""The rules of ``config check``, one small module each; each module has ``RULE`` and ``check``.

``check(facts)`` yields the findings of its rule; ``WATCHES`` says which of `NEEDS` a file must have for the
rule to have anything to say, so that only those modules are imported (`calico_config.rule_table`, generated
from that).
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


def _sets(prefix: str) -> Callable[[Facts], bool]:
    return lambda facts: any(name.startswith(prefix) for name in facts.document.settings)


def _sets_one_of(*names: str) -> Callable[[Facts], bool]:
    return lambda facts: any(name in facts.document.settings for name in names)


def _has_keys_inside(facts: Facts) -> bool:
    return bool(facts.document.duplicates) or any(map(_is_json, facts.document.settings.values()))


_has_numbers = _sets_one_of(*NUMBERS)

NEEDS: dict[str, Callable[[Facts], bool]] = {
    "anything": lambda _: True,
    "refusals": lambda facts: bool(facts.refusals),
    "keys": _has_keys_inside,
    "placeholders": lambda facts: bool(facts.document.placeholders),
    "calico_parameters": _sets("calico_"),
    "numbers": _has_numbers,
    "sizes": lambda facts: _has_numbers(facts) or facts.overlay_is_set,
    "reserved": lambda facts: bool(facts.options.reserved),
    "pools": lambda facts: bool(facts.options.pools),
    "cloud": lambda facts: facts.cloud is not None,
    "overlays": lambda facts: facts.overlay_is_set,
    "vips": _sets("dcos_l4lb_m"),
    "agent_lists": _sets_one_of("agent_list", "public_agent_list"),
}
"""What rules may watch for, and whether a file has it."""


def checks(facts: Facts) -> Iterator[Check]:
    """The check function of every rule that can have something to say of these facts."""
    for need in RULES:
        if NEEDS[need](facts):
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
