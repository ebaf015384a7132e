"""A node's tunnel device is missing, down, or has another address than the Node resource says.

Felix makes it and keeps it. Where it is not as it should be, Felix cannot, or something else takes it away
again: NetworkManager and systemd-networkd are known for that.

Example:
    Node 10.0.1.22 has the tunnel address 172.29.22.0, and vxlan.calico has 169.254.7.7

Read Felix' journal; tell NetworkManager to leave `vxlan.calico`, `tunl0` and `cali*` alone.
"""

import re

from calico_core.words import listed
from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.bundle.undecided import UndecidedError
from calico_migrate.diagnose.estate import calico
from calico_migrate.diagnose.estate.estate import OneNode
from calico_migrate.diagnose.estate.expected import shared_tunnels
from calico_migrate.diagnose.estate.machine import Machine
from calico_migrate.diagnose.judgement import Findings, error
from calico_migrate.diagnose.logs.scanning import Hits
from calico_migrate.diagnose.logs.telling import times

RULE = error(
    __name__,
    source="projectcalico/felix v3.14.0 dataplane/linux/vxlan_mgr.go:350-505, ipip_mgr.go:89-112",
    causes=("tunnel-address-missing", "felix-not-running", "vxlan-vni-taken", "ipip-device-refused",
            "node-address-not-local", "networkmanager-may-interfere"),
)  # fmt: skip

_HINT = "read Felix' journal; tell NetworkManager to leave vxlan.calico, tunl0 and cali* alone"


def check(node: OneNode) -> Findings:
    """The device against the Node resource; and whether Felix goes on failing to configure it."""
    estate, machine = node.estate, node.machine
    if estate.mode not in ("vxlan", "ipip"):
        return
    name = estate.tunnel_device
    device = machine.interfaces.get(name)
    tunnel = ""
    key = "ipv4IPIPTunnelAddr" if estate.mode == "ipip" else "ipv4VXLANTunnelAddr"
    own: calico.CalicoNode | None = None
    try:
        own = estate.node_of(machine)
        tunnel = own.tunnel(estate.mode) if own is not None else ""
    except UndecidedError:
        if not estate.single or estate.masters:
            raise
    where = [estate.about_node(own, key)] if own is not None else []
    if device is None:
        yield RULE.found(
            f"it has no tunnel device {name}",
            machine.evidence(names.IP_ADDR, None, f"no {name}"),
            *where,
            hint=_HINT,
            node=machine.address,
        )
    elif not device.up:
        yield RULE.found(
            f"its tunnel device {name} is down",
            machine.evidence(names.IP_ADDR, device.line, device.text),
            hint=_HINT,
            node=machine.address,
        )
    elif (
        tunnel
        and tunnel not in shared_tunnels(estate)
        and all(inet.address != tunnel for inet in device.inets)
    ):
        has = listed([inet.address for inet in device.inets]) if device.inets else "no address"
        line = device.inets[0].line if device.inets else device.line
        yield RULE.found(f"its tunnel device {name} has {has} instead of {tunnel}",
                         machine.evidence(names.IP_ADDR, line, f"{name}: {has}"), *where, hint=_HINT,
                         node=machine.address)  # fmt: skip
    elif estate.mode == "vxlan":
        hits = _other_retries(machine)
        if hits is not None:
            yield RULE.found("Felix goes on failing to configure its tunnel device",
                             machine.quote(names.FELIX_LOG, hits.last), hint=_HINT, node=machine.address,
                             detail=times(machine, hits))  # fmt: skip


def _other_retries(machine: Machine) -> Hits | None:
    """Retries for a reason that no rule of its own tells."""
    try:
        log = machine.log(names.FELIX_LOG)
    except UndecidedError:
        return None
    hits = log.hits.get("felix-vxlan-retry")
    if hits is None or re.search(r"parent interface|can't locate created", hits.last.text):
        return None
    return hits
