"""Calico's VXLAN and the overlay share a UDP port.

It is so by default: 64000. It works, with one consequence: a node that Calico does not know loses the
overlay's packets too.

Example:
    --dports 64000 in cali-INPUT

Set `calico_vxlan_port: 4789` and open it in firewalls where the two should not depend on each other.
"""

from calico_config.facts.overlays import OVERLAY_PORT
from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.bundle.undecided import UndecidedError
from calico_migrate.diagnose.estate.estate import Estate
from calico_migrate.diagnose.judgement import Findings, info

RULE = info(
    __name__,
    source="projectcalico/felix v3.14.0 rules/static.go:227-245; dcos/dcos gen/calc.py:1406",
    needs="vxlan",
)


def check(estate: Estate) -> Findings:
    """Said once, by the first node's rules or the configuration."""
    undecided: UndecidedError | None = None
    for machine in estate.machines:
        try:
            found = machine.iptables.vxlan_port()
        except UndecidedError as problem:
            undecided = problem
            continue
        if found is not None:
            if found[0] == OVERLAY_PORT and estate.parameters.facts.overlay_on:
                yield RULE.found(
                    f"Calico's VXLAN and the overlay share UDP port {OVERLAY_PORT}",
                    machine.evidence(names.IPTABLES, found[1].line, f"-A {found[1].chain} {found[1].text}"),
                    hint="a node that Calico does not know loses the overlay too; calico_vxlan_port: 4789"
                    " keeps them apart",
                )
            return
    if undecided is not None:
        raise undecided
