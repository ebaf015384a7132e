"""Calico's VNI and port are the overlay's.

The kernel takes one VXLAN device for a VNI and a port, and `vtep1024` of the overlay has VNI 1024 and port
64000. Whichever comes second cannot be made. Another VNI, or another port, is enough.

Example:
    calico_vxlan_vni: 1024

Set `calico_vxlan_vni` to another number, such as the default 4096, and restart Felix.
"""

from calico_config.facts.overlays import OVERLAY_PORT, OVERLAY_VNI
from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.bundle.undecided import UndecidedError
from calico_migrate.diagnose.estate.estate import Estate
from calico_migrate.diagnose.estate.evidence import Evidence
from calico_migrate.diagnose.judgement import Findings, error

RULE = error(
    __name__,
    source="projectcalico/felix v3.14.0 dataplane/linux/vxlan_mgr.go:416-448; dcos-net"
    " dcos_overlay_poller.erl:34",
    needs="vxlan",
)

_HINT = "set calico_vxlan_vni to another number, such as 4096, and restart dcos-calico-felix on all nodes"


def check(estate: Estate) -> Findings:
    """The configuration, and what Felix says when it makes the device."""
    evidence: list[Evidence] = []
    nodes: list[str] = []
    for machine in estate.machines:
        try:
            log = machine.log(names.FELIX_LOG)
        except UndecidedError as undecided:
            yield RULE.open(machine.address, undecided.reason, undecided.item)
            continue
        hits = log.get("felix-vxlan-vni-taken", "felix-vxlan-cant-locate")
        if hits is not None:
            evidence.append(machine.quote(names.FELIX_LOG, hits.last))
            nodes.append(machine.address)
    vni = estate.parameters.said("calico_vxlan_vni")
    facts = estate.parameters.facts
    port = facts.number("calico_vxlan_port")
    both = facts.overlay_on and estate.mode == "vxlan" and port is not None and port.value == OVERLAY_PORT
    taken = both and vni is not None and vni[1] == str(OVERLAY_VNI)
    if taken and vni is not None:
        evidence.insert(0, vni[0].evidence(names.EXPANDED_CONFIG, None, f'"calico_vxlan_vni": "{vni[1]}"'))
    if evidence:
        yield RULE.found_on(
            nodes,
            "Calico's VNI and port are those of the overlay, and the kernel makes only one device for them"
            if taken
            else "the kernel refuses vxlan.calico: another device has its VNI and port",
            *evidence,
            hint=_HINT,
        )
