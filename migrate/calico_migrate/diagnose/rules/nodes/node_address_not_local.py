"""The address of a node is on none of its interfaces.

`detect_ip` prints a public or shared address that is translated on the way. Felix finds no interface to
build its tunnel on, and the others send to an address that the kernel does not take for its own.

Example:
    detect_ip prints 54.1.2.3, and no interface has it

Correct `ip-detect` so that it prints the address of an interface, install it on the node, delete the old
Node.
"""

from calico_core.addresses import parse_address
from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.bundle.undecided import UndecidedError
from calico_migrate.diagnose.estate.estate import OneNode
from calico_migrate.diagnose.estate.evidence import Evidence
from calico_migrate.diagnose.judgement import Findings, error
from calico_migrate.diagnose.logs.telling import quoted

RULE = error(
    __name__, source="projectcalico/felix v3.14.0 dataplane/linux/vxlan_mgr.go:391; DC/OS docs, ip-detect"
)

_HINT = "correct ip-detect so that it prints an address of an interface; then delete the old Node resource"


def check(node: OneNode) -> Findings:
    """The Node's address, or what detect_ip prints, against the interfaces; and what Felix says."""
    machine = node.machine
    try:
        own = node.estate.node_of(machine)
    except UndecidedError:
        own = None
    said: list[tuple[str, Evidence]] = []
    if own is not None and own.address == own.name:
        said.append((own.address, node.estate.about_node(own, "ipv4Address")))
    if own is None or machine.has(names.DETECT_IP):
        detected = machine.detected
        if len(detected) == 1:
            said.append((detected[0], machine.evidence(names.DETECT_IP, 1, detected[0])))
    for address, proof in said:
        if parse_address(address) is None or address in machine.addresses:
            continue
        told, _ = quoted(
            machine, (names.FELIX_LOG, "startup-ip-not-local"), (names.FELIX_LOG, "felix-vxlan-parent")
        )
        yield RULE.found(
            f"its address {address} is on none of its interfaces",
            proof,
            *told,
            hint=_HINT,
            node=machine.address,
        )
        return
    told, how = quoted(machine, (names.FELIX_LOG, "felix-vxlan-parent"))
    if told:
        yield RULE.found(
            "Felix finds no interface with the node's address",
            *told,
            hint=_HINT,
            node=machine.address,
            detail=how,
        )
