"""A parameter has no effect in this mode.

With `calico_enabled: false` no other `calico_` parameter is used. With VXLAN `calico_ipinip_mtu` is not
used, with IP-in-IP the three `calico_vxlan_` values are not. The installer does not even check them, so
that a wrong value waits there until somebody turns the switch: that is a warning.

Example:
    calico_vxlan_enabled: true
    calico_ipinip_mtu: 1480

Remove the parameter, or correct its value.
"""

from calico_config.facts.facts import Facts
from calico_config.facts.overlays import OVERLAY_VNI
from calico_core.addresses import Network
from calico_core.findings import Severity
from calico_core.rules import Findings, info

RULE = info(__name__, source="dcos/dcos gen/dcos-config.yaml:3135-3200; gen/calc.py (switches)")
WATCHES = ("calico_parameters",)

REFUSED = "would be refused by the installer"


def _problem(facts: Facts, name: str, text: str) -> str:
    """Why the value could not be used if the switch were turned; empty where it could."""
    from calico_config.facts.capacity import BLOCK_PREFIX
    from calico_config.facts.mtu import DEVICE_MAXIMUM
    from calico_core.addresses import parse_network

    if name == "calico_vxlan_enabled":
        return "" if text in ("true", "false") else REFUSED
    if name == "calico_network_cidr":
        written = parse_network(text)
        if written is None:
            return REFUSED
        if written.prefix > BLOCK_PREFIX or written.notation != "prefix":
            return "would be refused by Calico"
        return _collision(facts, written.network)
    number = facts.number(name)
    if number is None:
        return REFUSED
    if name.endswith("_mtu") and number.value > DEVICE_MAXIMUM:
        return "is more than a network device can have"
    if name == "calico_vxlan_vni" and number.value == OVERLAY_VNI:
        return "is the DC/OS overlay's VNI"
    return ""


def _collision(facts: Facts, network: Network) -> str:
    """What the network would collide with if Calico were on."""
    others = (
        *facts.overlay_ranges, *facts.vtep_ranges, *facts.vip_ranges, *facts.bridge_ranges,
        *facts.dns_addresses, *facts.link_local, *facts.special, *facts.masters, *facts.agents,
        *facts.resolvers, *facts.services, *facts.reserved,
    )  # fmt: skip
    found = next((entry for entry in others if network.overlaps(entry)), None)
    return f"would collide with {found.owner}" if found is not None else ""


def check(facts: Facts) -> Findings:
    """One finding for each parameter of Calico that is set and not used."""
    from calico_config.parameters import CALICO_NAMES, parameter
    from calico_core.words import shown

    for name in CALICO_NAMES:
        setting = facts.document.settings.get(name)
        entry = parameter(name)
        if setting is None or entry is None or name == "calico_enabled" or setting.crash is not None:
            continue
        if not facts.calico_on:
            why = "Calico is off (calico_enabled: false)"
        elif entry.mode == "ipip" and facts.vxlan:
            why = "Calico uses VXLAN"
        elif entry.mode == "vxlan" and not facts.vxlan:
            why = "Calico uses IP-in-IP (calico_vxlan_enabled: false)"
        else:
            continue
        problem = "" if name in facts.unresolved else _problem(facts, name, setting.text or "")
        if problem:
            yield RULE.finding(
                f"{name} has no effect, because {why}; its value {shown(setting.text or '')!r} {problem}",
                hint="correct or remove it before somebody turns the switch",
                severity=Severity.WARNING,
                **facts.place(name),
            )
        else:
            yield RULE.finding(
                f"{name} has no effect, because {why}",
                hint="remove it, or leave it for the day when the switch is turned",
                **facts.place(name),
            )
