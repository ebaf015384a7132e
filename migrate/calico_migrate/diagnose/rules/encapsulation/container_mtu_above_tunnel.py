"""The containers' interfaces have a larger MTU than the tunnel.

It is so by default: 1500 against 1450. It works where ICMP "fragmentation needed" reaches the containers,
at the price of a packet sent twice for each destination. Calico advises the same value for both.

Example:
    cali9d1ad2e0c39 has an MTU of 1500, vxlan.calico one of 1450

Set `calico_veth_mtu` to the tunnel's MTU; containers of the Docker engine keep 1500 whatever it says.
"""

from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.bundle.undecided import UndecidedError
from calico_migrate.diagnose.estate.estate import Estate
from calico_migrate.diagnose.judgement import Findings, info

RULE = info(__name__, source="Calico 3.14 documentation, networking/mtu; dcos/dcos gen/dcos-config.yaml:3151")


def check(estate: Estate) -> Findings:
    """Said once, with one example."""
    undecided: UndecidedError | None = None
    for machine in estate.machines:
        try:
            interfaces = machine.interfaces
        except UndecidedError as problem:
            undecided = problem
            continue
        tunnel = interfaces.get(estate.tunnel_device)
        for interface in interfaces.values():
            if tunnel is not None and interface.name.startswith("cali") and interface.mtu > tunnel.mtu:
                yield RULE.found(
                    f"the containers' interfaces have an MTU of {interface.mtu}, the tunnel one of"
                    f" {tunnel.mtu}",
                    machine.evidence(names.IP_ADDR, interface.line, interface.text),
                    hint=f"set calico_veth_mtu: {tunnel.mtu}",
                )
                return
    if undecided is not None:
        raise undecided
