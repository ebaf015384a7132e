"""The VNI is the DC/OS overlay's.

The overlay's VXLAN device vtep1024 has VNI 1024 on UDP port 64000, hard coded. A second device with the
same VNI and port cannot be created ("A VXLAN device with the specified VNI already exists"), and 64000 is
Calico's default port too. The installer means to refuse 1024 but compares a text with a number, so that
every spelling of it passes (`1024`, `0x400`, `02000`, `17:04`). With another port, or without the
overlay, it works and is still what DC/OS wanted to forbid: a warning.

Example:
    calico_vxlan_vni: 1024

Leave `calico_vxlan_vni` at its default, 4096, or use any other number.
"""

from calico_config.facts.facts import Facts
from calico_config.facts.overlays import OVERLAY_PORT, OVERLAY_VNI
from calico_core.findings import Severity
from calico_core.rules import Findings, error

RULE = error(
    __name__,
    source="dcos/dcos-mesos-modules overlay/master.cpp (set_vni(1024)); dcos/dcos-net"
    " dcos_overlay_poller.erl; tried with ip link",
)
WATCHES = ("calico_parameters",)


def check(facts: Facts) -> Findings:
    """One finding where a running Calico uses VNI 1024."""
    from calico_core.words import shown

    if not facts.calico_on or not facts.vxlan:
        return
    vni, port = facts.number("calico_vxlan_vni"), facts.number("calico_vxlan_port")
    if vni is None or vni.value != OVERLAY_VNI:
        return
    spelled = "" if vni.text == str(OVERLAY_VNI) else f" (written {shown(vni.text)!r})"
    clash = facts.overlay_on and (port is None or port.value == OVERLAY_PORT)
    if clash:
        why = (
            f"with UDP port {OVERLAY_PORT} it is the DC/OS overlay's own: the second device cannot be"
            " created, and either Calico or the overlay stays down; the installer lets it pass by mistake"
        )
    elif facts.overlay_on:
        why = f"it is the DC/OS overlay's VNI; UDP port {port.value if port else '?'} keeps the two apart"
    else:
        why = "it is the DC/OS overlay's VNI; it works only as long as the overlay stays off"
    yield RULE.finding(
        f"calico_vxlan_vni is {OVERLAY_VNI}{spelled}: {why}",
        hint="remove calico_vxlan_vni (the default is 4096) or use another number",
        severity=None if clash else Severity.WARNING,
        **facts.place("calico_vxlan_vni"),
    )
