"""The address of a node belongs to a bridge or tunnel, or is another one than it was collected by.

`detect_ip` chose the wrong interface. Others can reach that address only by chance.

Example:
    the node's address 172.17.0.1 is that of docker0

Correct `ip-detect`, install it on the node, delete the old Node resource, restart dcos-calico-felix.
"""

from calico_core.addresses import parse_address
from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.bundle.undecided import UndecidedError
from calico_migrate.diagnose.estate.estate import OneNode
from calico_migrate.diagnose.estate.machine import VIRTUAL
from calico_migrate.diagnose.judgement import Findings, error

RULE = error(
    __name__,
    source="projectcalico/node v3.14.0 pkg/startup/startup.go:664 (interfaces that autodetection leaves out)",
    causes=("detect-ip-unclear",),
)

_HINT = "correct ip-detect, delete the old Node resource, restart dcos-calico-felix"


def check(node: OneNode) -> Findings:
    """The interface with the node's address, and detect_ip against the address of the folder."""
    machine = node.machine
    try:
        own = node.estate.node_of(machine)
    except UndecidedError:
        own = None
    detected = machine.detected if machine.has(names.DETECT_IP) or own is None else []
    address = (own.address if own is not None else "") or (detected[0] if len(detected) == 1 else "")
    for interface in machine.interfaces.values():
        for inet in interface.inets:
            if inet.address == address and VIRTUAL.match(interface.name):
                yield RULE.found(
                    f"its address {address} is that of {interface.name}",
                    machine.evidence(
                        names.IP_ADDR, inet.line, f"inet {inet.address}/{inet.prefix} {interface.name}"
                    ),
                    hint=_HINT,
                    node=machine.address,
                )
                return
    other = len(detected) == 1 and detected[0] != machine.address and detected[0] in machine.addresses
    if other and parse_address(machine.address) is not None:
        yield RULE.found(
            f"detect_ip prints {detected[0]}, and the node was collected by another address",
            machine.evidence(names.DETECT_IP, 1, detected[0]),
            hint=_HINT,
            node=machine.address,
        )
