"""A placeholder was not filled in.

Examples and templates hold marks such as `<master-private-ip-1>`, `{{ cidr }}` or `${CIDR}` where a value
belongs. The installer takes them for values: it refuses some (an address list), and builds others into
the cluster (a name, a URL). What depends on the missing value cannot be checked; the message names it.

Example:
    calico_network_cidr: "{{ cidr }}"

Put in the value, or check the file after your templates have been rendered.
"""

from calico_config.facts.facts import Facts
from calico_core.json.pointers import pointer
from calico_core.rules import Findings, error

RULE = error(__name__, source="DC/OS 2.2 docs, installing, configuration examples")
WATCHES = ("placeholders",)

_ITS_ADDRESSES = ("its addresses against Calico's network and the overlay",)
_OVERLAY = ("the overlays' names, prefixes and addresses", "Calico's network against the overlay")
SKIPPED: dict[str, tuple[str, ...]] = {
    "calico_enabled": ("whether Calico runs (taken as true)",),
    "calico_vxlan_enabled": ("which tunnel Calico uses (taken as VXLAN)",),
    "calico_network_cidr": ("overlaps of Calico's network", "the size of Calico's network"),
    "calico_vxlan_mtu": ("the tunnel's MTU",),
    "calico_ipinip_mtu": ("the tunnel's MTU",),
    "calico_veth_mtu": ("the containers' MTU",),
    "calico_vxlan_port": ("the VXLAN port",),
    "calico_vxlan_vni": ("the VNI",),
    "dcos_overlay_enable": ("whether the overlay runs (taken as true)",),
    "dcos_overlay_mtu": ("the overlay's MTU",),
    "dcos_overlay_network": _OVERLAY,
    "dcos_overlay_network_json": _OVERLAY,
    "dcos_ucr_default_bridge_subnet": ("Calico's network against the UCR bridge",),
    "dcos_l4lb_min_named_ip": ("Calico's network against the named VIPs",),
    "dcos_l4lb_max_named_ip": ("Calico's network against the named VIPs",),
    "master_list": _ITS_ADDRESSES,
    "agent_list": _ITS_ADDRESSES,
    "public_agent_list": _ITS_ADDRESSES,
    "resolvers": _ITS_ADDRESSES,
    "bootstrap_url": _ITS_ADDRESSES,
    "exhibitor_zk_hosts": _ITS_ADDRESSES,
    "exhibitor_address": _ITS_ADDRESSES,
    "http_proxy": _ITS_ADDRESSES,
    "https_proxy": _ITS_ADDRESSES,
    "dns_forward_zones": _ITS_ADDRESSES,
}
"""What is not checked while a parameter holds a placeholder."""


def check(facts: Facts) -> Findings:
    """One finding for each placeholder."""
    from calico_core.words import listed, shown

    refused = {name for entry in facts.refusals for name in entry.names}
    for placeholder in facts.document.placeholders:
        skipped = SKIPPED.get(placeholder.name or "", ())
        where = f" in {placeholder.name}" if placeholder.name else ""
        if placeholder.name in refused:
            where += ", which the installer refuses,"
        note = f"; not checked because of it: {listed(skipped, 9)}" if skipped else ""
        yield RULE.finding(
            f"the placeholder {shown(placeholder.text)}{where} was not filled in{note}",
            hint="put in the value, or check the rendered file",
            line=placeholder.span.line,
            column=placeholder.span.column,
            pointer=pointer([placeholder.name]) if placeholder.name else None,
        )
