"""Everything that the installer would refuse, in all its rounds: its verdict, then what it hid.

The installer shows errors in rounds: a traceback hides every message, a wrong switch hides the parameters
behind it, and a wrong value hides the comparison of several. Each round is the verdict on the same file
without what the rounds before refused.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

from calico_config.facts.parts import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from calico_config.document.document import ConfigDocument
    from calico_config.facts.facts import Facts
    from calico_config.installer import Genconf, InstallerVerdict
    from calico_core.json.pointers import Path

# A file with more settings is not searched for the one that the installer crashes on.
MOST_SUSPECTS = 150
MOST_ROUNDS = 40
_CALCULATED_FROM = {
    "exhibitor_static_ensemble": "master_list",
    "no_proxy_final": "no_proxy",
    "resolvers_str": "resolvers",
}
_MEANT = {"true": "true", "yes": "true", "on": "true", "false": "false", "no": "false", "off": "false"}


def refusals(facts: Facts, first: InstallerVerdict, genconf: Genconf | None) -> list[Refused]:
    """What the installer refuses in a file that is a YAML mapping, each thing once."""
    from calico_config.installer import verdict

    document = facts.document
    found = list(_before_validation(document))
    later = bool(found)
    current = _without(document, {refused.names[0] for refused in found if refused.names})
    removed: set[str] = set(document.settings) - set(current.settings)
    judged = first if not found else verdict(current, dcos_version=facts.release, genconf=genconf)
    for _ in range(MOST_ROUNDS):
        if judged.status == "ok" and judged.render != "crash":
            break
        blamed: set[str] = set()
        for refused in _of(facts, current, judged, genconf, removed):
            # What nobody set is said again in every round.
            if not any(known[:3] == refused[:3] for known in found):
                found.append(refused._replace(later=later))
            blamed.update(name for name in refused.names if name in current.settings)
        blamed -= removed
        if not blamed:
            break
        later = True
        removed |= blamed
        current = _without(current, blamed)
        judged = verdict(current, dcos_version=facts.release, genconf=genconf)
    return found


def unreadable_refusals(document: ConfigDocument) -> Iterator[Refused]:
    """The first byte that is not ASCII: the installer dies of it before anything else."""
    place = document.first_non_ascii
    if place is not None:
        character = document.text[place.start]
        comment = document.text[document.text.rfind("\n", 0, place.start) + 1 : place.start]
        in_comment = comment.lstrip().startswith("#") or " #" in comment
        yield Refused(
            "crash",
            (),
            f"UnicodeDecodeError: the character {character!r} (U+{ord(character):04X}) is not ASCII"
            + (", even in a comment" if in_comment else "")
            + _more_of_them(document.text),
            harmless=in_comment,
            line=place.line,
            column=place.column,
        )


def _more_of_them(text: str) -> str:
    lines = [number for number, line in enumerate(text.split("\n"), 1) if not line.isascii()]
    more = [str(number) for number in lines[1:]]
    if not more:
        return ""
    from calico_core.words import listed

    return f"; there are more in line{'s' if len(more) > 1 else ''} {listed(more, 5)}"


def _before_validation(document: ConfigDocument) -> Iterator[Refused]:
    """Bytes, keys and values on which the installer dies before it validates anything."""
    yield from unreadable_refusals(document)
    for setting in document.settings.values():
        if setting.crash is not None:
            yield Refused("crash", (setting.name,), setting.crash, harmless=_means_nothing(setting.name))
    for key in document.odd_keys:
        message = f"the key {key.shown} is no text (TypeError in the installer's own error message)"
        yield Refused("crash", (), message, line=key.span.line, column=key.span.column)


def _means_nothing(name: str) -> bool:
    """Whether the installer would ignore a key altogether if it got that far."""
    from calico_config.known_names import is_known
    from calico_config.parameters import parameter

    return parameter(name) is None and not is_known(name)


def _without(document: ConfigDocument, names: set[str]) -> ConfigDocument:
    """The same file as the installer would see it without some settings and without what is no text."""
    rest = copy.copy(document)
    rest.settings = {}
    for name, setting in document.settings.items():
        if name not in names:
            rest.settings[name] = setting
            continue
        meant = _MEANT.get((setting.text or "").strip().lower())
        if meant is not None and meant != setting.text:
            # A switch spelled in a way that the installer refuses: what it means decides what comes next.
            corrected = copy.copy(setting)
            corrected.text, corrected.value = meant, meant == "true"
            rest.settings[name] = corrected
    rest.first_non_ascii = None
    rest.odd_keys = []
    return rest


def _of(
    facts: Facts,
    document: ConfigDocument,
    judged: InstallerVerdict,
    genconf: Genconf | None,
    removed: set[str],
) -> Iterator[Refused]:
    """What one verdict says, the parameters with the same message together."""
    if judged.status == "crash":
        name = _as_written(document, judged.name) if judged.name else None
        name = name or _culprit(facts, document, judged, genconf)
        yield Refused("crash", (name,) if name else (), judged.reason)
        return
    if judged.render == "crash":
        name = judged.name or _named_in(document, judged.reason) or _culprit(facts, document, judged, genconf)
        yield Refused("render", (name,) if name else (), judged.reason)
        return
    grouped: dict[str, list[str]] = {}
    for named, message in judged.errors.items():
        name = _as_written(document, named)
        grouped.setdefault(message, []).append(name)
    for message, names in grouped.items():
        yield _message(facts, document, message, names)
    for name in judged.unset:
        if name not in removed:
            yield Refused("unset", (name,), "it must be set, there is no way to calculate it")


def _as_written(document: ConfigDocument, name: str) -> str:
    """The parameter to change, where the refused one is calculated from another one."""
    if name == "dns_bind_ip_blacklist_json":
        # It is put together from two, of which the first may be all right.
        return (
            "dns_bind_ip_reserved" if "dns_bind_ip_reserved" in document.settings else "dns_bind_ip_blacklist"
        )
    if name in _CALCULATED_FROM and name not in document.settings:
        return _CALCULATED_FROM[name]
    if name not in document.settings and name.endswith("_contents"):
        return name.removesuffix("_contents") + "_filename"
    return name


def _message(facts: Facts, document: ConfigDocument, message: str, names: Sequence[str]) -> Refused:
    # Of several parameters with one message, the one that the file sets and that is easiest to change.
    preferred = ("calico_network_cidr", "dcos_l4lb_enable_ipv6", "dcos_overlay_network")
    order = sorted(names, key=lambda name: (name not in document.settings, name not in preferred, name))
    if message.startswith("overlay subnet ") and "calico_network_cidr" in order:
        rest = [name for name in order if name in document.settings and name != "dcos_overlay_network"]
        order = ["calico_network_cidr", *(name for name in rest if name != "calico_network_cidr")]
        if "calico_network_cidr" not in document.settings:
            order = ["dcos_overlay_network"]
        order = order[:1]
    if order[0] == "num_masters" and "num_masters" not in document.settings:
        order = ["master_list"] if "master_list" in document.settings else order
    if order[0] == "no_proxy":
        # The switch is what makes the installer look at it.
        order.append("use_proxy")
    return Refused(
        "message",
        tuple(order),
        message,
        harmless=_is_harmless(facts, message, names),
        path=_inside(facts, order[0], message),
    )


def _is_harmless(facts: Facts, message: str, names: Sequence[str]) -> bool:
    """Whether the cluster would work if the installer let it pass."""
    if message.startswith("overlay subnet "):
        # Only an overlay that is switched off in its own entry.
        subnet = message.split()[2]
        named = [overlay for overlay in facts.overlays if str(overlay.fields.get("subnet")) == subnet]
        return bool(named) and not any(overlay.enabled for overlay in named)
    if message.startswith("When enable_ipv6 is false"):
        return True
    if message.startswith('Missing "vtep_subnet6"'):
        return not any("subnet6" in overlay.fields for overlay in facts.overlays)
    if message.startswith("Must be one of 'true', 'false'. Got "):
        return any((facts.text(name) or "").strip().lower() in ("true", "false") for name in names)
    return not facts.overlay_on and names[0] in ("dcos_overlay_network", "dcos_overlay_mtu")


def _inside(facts: Facts, name: str, message: str) -> Path:
    """The path inside ``dcos_overlay_network`` or a list that a message is about, where it can be told."""
    if name == "dcos_overlay_network":
        for field in ("vtep_subnet6", "vtep_subnet"):
            if message.startswith(f"Incorrect value for `{field}`"):
                return (name, field)
        if message.startswith(("Must be above or equal", "Must be an integer")):
            return (name, "vtep_mtu")
        for overlay in facts.overlays:
            for step, test in (
                ("name", f"exceed 13 characters: {overlay.fields.get('name')}"),
                ("subnet", f"Incorrect value for `overlay subnet`: `{overlay.fields.get('subnet')}`"),
                ("subnet6", f"Incorrect value for `subnet6`: `{overlay.fields.get('subnet6')}`"),
            ):
                if test in message:
                    return (*overlay.path, step)
            is_odd = overlay.fields.get("enabled", True) not in (True, False)
            if is_odd and message.startswith("Must be one of 'True', 'False'"):
                return (*overlay.path, "enabled")
    elif name in ("master_list", "resolvers") and "Invalid IPv4 addresses in list: " in message:
        wrong = message.rpartition(": ")[2].split(", ")[0]
        for index, entry in enumerate(facts.json_list(name)):
            if isinstance(entry, str) and (entry == wrong or entry.rpartition(":")[0] == wrong):
                return (name, index)
    return ()


def _named_in(document: ConfigDocument, reason: str) -> str | None:
    """The setting that a reason names."""
    import re

    words = re.findall(r"[A-Za-z0-9_]+", reason)
    return next((word for word in words if word in document.settings), None)


def _culprit(
    facts: Facts, document: ConfigDocument, judged: InstallerVerdict, genconf: Genconf | None
) -> str | None:
    """The setting without which the same crash does not happen."""
    from calico_config.installer import verdict

    if len(document.settings) > MOST_SUSPECTS:
        return None
    for name in document.settings:
        rest = verdict(_without(document, {name}), dcos_version=facts.release, genconf=genconf)
        if (rest.status, rest.render, rest.reason) != (judged.status, judged.render, judged.reason):
            return name
    return None
