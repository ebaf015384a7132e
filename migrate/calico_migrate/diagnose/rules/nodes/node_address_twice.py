"""Two Node resources have one address.

Felix cannot tell them apart and may choose the wrong one for a route. Most often one of them is stale.

Example:
    Nodes 10.0.1.21 and 10.0.1.99 both have 10.0.1.21

Delete the one without a machine: `calicoctl delete node NAME`.
"""

import re

from calico_core.words import listed
from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.bundle.undecided import UndecidedError
from calico_migrate.diagnose.estate import calico
from calico_migrate.diagnose.estate.estate import Estate
from calico_migrate.diagnose.estate.machine import Machine
from calico_migrate.diagnose.judgement import Findings, error
from calico_migrate.diagnose.logs.scanning import Hit

RULE = error(__name__, source="projectcalico/felix v3.14.0 calc/l3_route_resolver.go:703-707", lists=True)


def check(estate: Estate) -> Findings:
    """Addresses in the list; where there is no list, what Felix says."""
    hint = "delete the one without a machine: `calicoctl delete node NAME`"
    told = _told(estate)
    try:
        nodes = estate.nodes
    except UndecidedError:
        if not told:
            raise
        machine, hit = told[0]
        yield RULE.found(
            f"two nodes share the address {hit.groups.get('cidr', '?')}",
            machine.quote(names.FELIX_LOG, hit),
            hint=hint,
            nodes=re.findall(r'"([^"]+)"', hit.groups.get("nodes", "")),
        )
        return
    by_address: dict[str, list[calico.CalicoNode]] = {}
    for node in nodes:
        if node.address:
            by_address.setdefault(node.address, []).append(node)
    for address, sharing in by_address.items():
        if len(sharing) > 1:
            own = {node.name: place for place, node in estate.by_machine.items()}
            sharing.sort(key=lambda node: node.name not in own)
            yield RULE.found(
                f"Nodes {listed([node.name for node in sharing])} have one address, {address}",
                *(estate.about_node(node, "ipv4Address") for node in sharing),
                *(machine.quote(names.FELIX_LOG, hit) for machine, hit in told[:1]),
                hint=hint,
                nodes=[own.get(node.name, node.name) for node in sharing],
            )
            told = []
    if told and not any(len(sharing) > 1 for sharing in by_address.values()):
        machine, hit = told[0]
        sharing_names = re.findall(r'"([^"]+)"', hit.groups.get("nodes", ""))
        if {node.name for node in nodes} >= set(sharing_names) or not sharing_names:
            yield RULE.found(
                f"Felix says that nodes share the address {hit.groups.get('cidr', '?')}",
                machine.quote(names.FELIX_LOG, hit),
                hint=hint,
                nodes=sharing_names,
            )
        else:
            yield RULE.found(
                f"Felix has seen nodes share the address {hit.groups.get('cidr', '?')}",
                machine.quote(names.FELIX_LOG, hit),
                hint=hint,
                node=machine.address,
            )


def _told(estate: Estate) -> list[tuple[Machine, Hit]]:
    """Felix' lines; without an address they mean nothing (projectcalico/calico issue 6298)."""
    found = []
    for machine in estate.machines:
        try:
            hits = machine.log(names.FELIX_LOG).hits.get("felix-shared-ip")
        except UndecidedError:
            continue
        if hits is not None and not hits.last.groups.get("cidr", "").startswith("0.0.0."):
            found.append((machine, hits.last))
    return found
