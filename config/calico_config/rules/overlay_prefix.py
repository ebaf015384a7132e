"""An overlay's prefix gives the agents no subnet.

Every agent gets a part of the overlay, of the size that `prefix` says (`prefix6` for IPv6). It must be a
whole number, at least the subnet's own prefix and at most 32 (128). The installer does not look at it;
without a usable prefix agents get undefined subnets or none.

Example:
    overlays:
      - {name: dcos, subnet: 9.0.0.0/8, prefix: 33}

Use for example `prefix: 24` (254 addresses for each agent, half of them for Docker).
"""

from calico_config.facts.facts import Facts
from calico_core.rules import Findings, error
from calico_core.words import shown

RULE = error(__name__, source="dcos/dcos-mesos-modules overlay/overlay.proto and overlay/master.cpp")
WATCHES = ("overlays",)


def _problem(fields: dict[str, object], field: str, subnet: object, most: int) -> str:
    if field not in fields:
        return "is missing"
    value = fields[field]
    if isinstance(value, bool) or not isinstance(value, int):
        return f"is {shown(repr(value))}, no whole number"
    if value > most:
        return f"is {value}, more than {most}"
    if value < 0:
        return f"is {value}, less than 0"
    own = subnet.partition("/")[2] if isinstance(subnet, str) else ""
    if own.isascii() and own.isdigit() and len(own) < 4 and value < int(own):
        return f"is {value}, shorter than the subnet's own /{own}"
    return ""


def check(facts: Facts) -> Findings:
    """One finding for each overlay whose prefix is missing, no whole number, or out of range."""
    if not facts.overlay_on or not facts.overlay_is_set:
        return
    for overlay in facts.overlays:
        for field, subnet_field, most in (("prefix", "subnet", 32), ("prefix6", "subnet6", 128)):
            if subnet_field not in overlay.fields:
                continue
            problem = _problem(overlay.fields, field, overlay.fields[subnet_field], most)
            if problem:
                yield RULE.finding(
                    f"{field} of overlay {shown(overlay.name)} {problem}: its agents get no usable subnet",
                    hint=f"set {field} to a whole number between the subnet's own prefix and {most}",
                    **facts.place(*overlay.path, field if field in overlay.fields else subnet_field),
                )
