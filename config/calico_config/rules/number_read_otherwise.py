"""Felix reads another number than the installer.

The installer checks the text with Python's `int()` and copies it as it is. Felix reads it with Go's base
0, where a leading zero means octal: `'064000'` is port 26624. A text that Felix cannot read at all is
replaced by Felix' own default without an error (1410 for the VXLAN MTU, 4789 for the port, 4096 for the
VNI): a warning.

Example:
    calico_vxlan_port: '064000'

Write the number in plain decimal digits, without quotes.
"""

from calico_config.facts.facts import Facts
from calico_core.findings import Severity
from calico_core.rules import Findings, error

RULE = error(
    __name__,
    source="projectcalico/felix v3.14.0 config/param_types.go (ParseInt(raw, 0, 64)), config_params.go",
)
WATCHES = ("numbers",)

VXLAN = ("calico_vxlan_mtu", "calico_vxlan_port", "calico_vxlan_vni")
IPIP = ("calico_ipinip_mtu",)
FELIX_DEFAULTS = {
    "calico_vxlan_mtu": 1410,
    "calico_vxlan_port": 4789,
    "calico_vxlan_vni": 4096,
    "calico_ipinip_mtu": 1440,
}


def check(facts: Facts) -> Findings:
    """One finding for each number in use that Felix reads otherwise, or not at all."""
    from calico_config.facts.go_numbers import felix_reads
    from calico_core.words import shown

    if not facts.calico_on:
        return
    for name in VXLAN if facts.vxlan else IPIP:
        number = facts.number(name)
        if number is None:
            continue
        read = felix_reads(number.text)
        if read == number.value:
            continue
        hint = f"write {name}: {number.value}" if number.value < 1 << 40 else "write a number that fits"
        if read is None:
            yield RULE.finding(
                f"{name} {shown(number.text)!r} passes the installer, but Felix cannot read it and"
                f" takes its own"
                f" default, {FELIX_DEFAULTS[name]}",
                hint=hint,
                severity=Severity.WARNING,
                **facts.place(name),
            )
        else:
            yield RULE.finding(
                f"{name} {shown(number.text)!r} is {number.value} for the installer, but {read} for"
                f" Felix (a leading"
                " zero means octal there)",
                hint=hint,
                **facts.place(name),
            )
