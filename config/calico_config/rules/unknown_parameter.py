"""A parameter does not exist, and its name looks like one that does.

The installer ignores unknown keys without a word. A misspelt `calico_` or `dcos_overlay_` key therefore
changes nothing: `calico_enable: false`, as DC/OS' own change log spells it, leaves Calico on, and
`calico_calico_vxlan_mtu`, as the official Terraform template spells it, leaves the MTU at its default.
Keys of other software, and keys that only the enterprise installer knows, are no concern of this check.

Example:
    calico_enable: false

Use the name in the hint.
"""

from calico_config.facts.facts import Facts
from calico_core.nearest import nearest, normalised
from calico_core.rules import Findings, warning

RULE = warning(
    __name__,
    source="dcos/dcos gen/calc.py, gen/internals.py (validate_all_arguments_match_parameters is"
    " commented out); dcos/dcos CHANGES.md",
)
WATCHES = ("anything",)

LONGEST_NAME = 100
# A real file has some dozens of keys; comparing every one of fifty thousand takes too long.
MOST_COMPARED = 1_000
ALIASES: dict[str, str] = {
    "calico_enable": "calico_enabled",
    "calico": "calico_enabled",
    "enable_calico": "calico_enabled",
    "calico_disable": "calico_enabled",
    "calico_disabled": "calico_enabled",
    "calico_mtu": "calico_veth_mtu",
    "calico_cidr": "calico_network_cidr",
    "calico_network": "calico_network_cidr",
    "calico_subnet": "calico_network_cidr",
    "calico_pool": "calico_network_cidr",
    "calico_pool_cidr": "calico_network_cidr",
    "calico_ipv4pool_cidr": "calico_network_cidr",
    "calico_ipip_mtu": "calico_ipinip_mtu",
    "calico_ipip_enabled": "calico_vxlan_enabled",
    "calico_ipinip_enabled": "calico_vxlan_enabled",
    "calico_vxlan": "calico_vxlan_enabled",
    "calico_vxlan_enable": "calico_vxlan_enabled",
    "calico_calico_vxlan_mtu": "calico_vxlan_mtu",
    "calico_port": "calico_vxlan_port",
    "calico_vni": "calico_vxlan_vni",
    "dcos_overlay_enabled": "dcos_overlay_enable",
    "overlay_enable": "dcos_overlay_enable",
    "overlay_enabled": "dcos_overlay_enable",
    "overlay_network": "dcos_overlay_network",
    "overlay_mtu": "dcos_overlay_mtu",
}
"""What people write, and what they mean, where likeness alone would guess another name."""


def check(facts: Facts) -> Findings:
    """One finding for each unknown key that is like a networking parameter's name."""
    from calico_config.known_names import is_known
    from calico_config.parameters import CALICO_NAMES, PARAMETERS, parameter
    from calico_core.words import shown

    names = [entry.name for entry in PARAMETERS]
    overlay_names = [name for name in names if "overlay" in name]
    compared = 0
    for setting in facts.document.settings.values():
        name = setting.name
        if parameter(name) is not None or is_known(name) or len(name) > LONGEST_NAME:
            continue
        plain = normalised(name)
        if "calico" in plain:
            near = ALIASES.get(plain) or nearest(name, CALICO_NAMES, 0.3)
        elif "overlay" in plain:
            near = ALIASES.get(plain) or nearest(name, overlay_names, 0.3)
        else:
            compared += 1
            near = ALIASES.get(plain)
            if near is None and compared <= MOST_COMPARED:
                near = nearest(name, names, 0.87)
            if near is None:
                continue
        what = "is no parameter of DC/OS: it is ignored"
        if isinstance(setting.value, dict) and plain == "calico":
            what = "is no parameter of DC/OS, and what is nested in it is ignored too"
            hint = "write each parameter at the top level, for example calico_network_cidr: 172.29.0.0/16"
        elif near is not None:
            default = facts.default(near)
            effect = (
                ""
                if default is None or facts.is_set(near)
                else f" ({near} stays at its default, {shown(default)})"
            )
            hint = f"did you mean {near}{effect}?"
        else:
            hint = f"the parameters are {', '.join(CALICO_NAMES)}"
        yield RULE.finding(f"{shown(name)} {what}", hint=hint, **facts.place(name, key=True))
