"""The DC/OS overlay's packets do not fit through the network.

The DC/OS overlay is VXLAN as well and adds 50 bytes to every packet; `dcos_overlay_mtu` (1420 by default)
must leave room for them. Workloads that have not moved to Calico yet still need it.

Example:
    dcos_overlay_mtu: 1500

Use at most the network's MTU minus 50; tell the MTU with `--link-mtu` or `--cloud` if it is not
Ethernet's 1500.
"""

from calico_config.facts.facts import Facts
from calico_core.findings import Severity
from calico_core.rules import Findings, warning

RULE = warning(
    __name__,
    source="dcos/dcos gen/calc.py (dcos_overlay_mtu); Calico 3.14 docs, networking/mtu (VXLAN overhead)",
)
WATCHES = ("anything",)


def check(facts: Facts) -> Findings:
    """One finding where the overlay's MTU is too large for the network."""
    from calico_config.facts.mtu import DEVICE_MAXIMUM, ETHERNET, VXLAN_OVERHEAD

    number = facts.number("dcos_overlay_mtu")
    if not facts.overlay_on or number is None or number.value > DEVICE_MAXIMUM:
        return
    link, cloud = facts.options.link_mtu, facts.cloud
    base = link if link is not None else cloud.link if cloud is not None else ETHERNET
    limit = base - VXLAN_OVERHEAD
    if number.value <= limit:
        return
    unknown = link is None and cloud is None
    yield RULE.finding(
        f"dcos_overlay_mtu {number.value}{'' if number.is_set else ' (default)'} leaves no room for"
        f" {VXLAN_OVERHEAD} bytes of VXLAN on a link with MTU {base}: at most {limit} fits",
        hint="tell the network's MTU with --link-mtu or --cloud if it is larger"
        if unknown
        else f"set dcos_overlay_mtu: {limit}",
        severity=None if number.is_set else Severity.INFO,
        **facts.place("dcos_overlay_mtu"),
    )
