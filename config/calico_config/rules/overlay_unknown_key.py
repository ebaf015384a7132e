"""The overlay's configuration has a key that nothing reads.

`dcos_overlay_network` has the keys `vtep_subnet`, `vtep_subnet6`, `vtep_mac_oui`, `vtep_mtu` and
`overlays`, an overlay has `name`, `subnet`, `prefix`, `subnet6`, `prefix6` and `enabled`. Other keys are
ignored without a word, so that a misspelt one has no effect.

Example:
    dcos_overlay_network:
      vtep_subnett: 44.128.0.0/20

Correct the key's name or remove it.
"""

from typing import Any

from calico_config.facts.facts import Facts
from calico_core.json.pointers import Path
from calico_core.rules import Findings, warning

RULE = warning(
    __name__,
    source="dcos/dcos gen/calc.py validate_dcos_overlay_network;"
    " dcos/dcos-mesos-modules overlay/overlay.proto",
)
WATCHES = ("overlays",)

NETWORK_KEYS: tuple[str, ...] = ("vtep_subnet", "vtep_subnet6", "vtep_mac_oui", "vtep_mtu", "overlays")
OVERLAY_KEYS: tuple[str, ...] = ("name", "subnet", "prefix", "subnet6", "prefix6", "enabled")


def check(facts: Facts) -> Findings:
    """One finding for each key that nothing reads."""
    from calico_core.nearest import nearest
    from calico_core.words import shown

    if not facts.overlay_is_set:
        return
    places: list[tuple[Path, dict[str, Any], tuple[str, ...]]] = [
        ((facts.overlay_parameter,), facts.overlay_network or {}, NETWORK_KEYS)
    ]
    places.extend((overlay.path, overlay.fields, OVERLAY_KEYS) for overlay in facts.overlays)
    for path, fields, known in places:
        for key in fields:
            if key in known:
                continue
            near = nearest(key, known)
            yield RULE.finding(
                f"{shown(key)!r} is no key of"
                f" {'an overlay' if known is OVERLAY_KEYS else facts.overlay_parameter}"
                ": it is ignored",
                hint=f"did you mean {near!r}?" if near else f"known keys: {', '.join(known)}",
                **facts.place(*path, key, key=True),
            )
