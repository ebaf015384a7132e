"""A node uses another VXLAN port than the others or the configuration.

Its packets arrive at a port where nobody listens: the port was changed and Felix not restarted everywhere.

Example:
    10.0.1.24 has --dports 4789, the others 64000

Restart dcos-calico-felix on the node.
"""

from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.bundle.undecided import UndecidedError
from calico_migrate.diagnose.estate.estate import Estate
from calico_migrate.diagnose.estate.machine import Machine
from calico_migrate.diagnose.judgement import Findings, error
from calico_migrate.diagnose.parsing.iptables import Rule

RULE = error(
    __name__, source="projectcalico/felix v3.14.0 rules/static.go:227-245 (FELIX_VXLANPORT)", needs="vxlan"
)


def check(estate: Estate) -> Findings:
    """The port in each node's rules, against the configuration, else against most nodes."""
    seen: dict[int, list[tuple[Machine, Rule]]] = {}
    for machine in estate.machines:
        try:
            found = machine.iptables.vxlan_port()
        except UndecidedError as undecided:
            yield RULE.open(machine.address, undecided.reason, undecided.item)
            continue
        if found is not None:
            seen.setdefault(found[0], []).append((machine, found[1]))
    said = estate.parameters.text("calico_vxlan_port") or ""
    usual = int(said) if said.isdigit() else max(seen, key=lambda port: len(seen[port]), default=0)
    for port, places in seen.items():
        if port == usual:
            continue
        for machine, rule in places:
            yield RULE.found(
                f"it uses UDP port {port} for VXLAN instead of {usual}",
                machine.evidence(names.IPTABLES, rule.line, f"-A {rule.chain} {rule.text}"),
                hint="restart dcos-calico-felix on the node",
                node=machine.address,
            )
