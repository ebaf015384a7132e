"""An endpoint has no node, interface or route.

Its container is gone, and its record is still there: it holds an address, and policies count it.

Example:
    WorkloadEndpoint … on 10.0.1.21: no interface cali0f2a9a3c-6f in `ip addr`

`calicoctl delete workloadendpoint NAME`; many of them: `calicoctl ipam check` of Calico 3.18 or later.
"""

from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.bundle.undecided import UndecidedError
from calico_migrate.diagnose.estate import calico
from calico_migrate.diagnose.estate.estate import Estate
from calico_migrate.diagnose.estate.expected import stale_nodes
from calico_migrate.diagnose.estate.machine import Machine
from calico_migrate.diagnose.judgement import Findings, warning

RULE = warning(__name__, source="projectcalico/calicoctl issue 2247", lists=True, causes=("stale-node",))

_HINT = "`calicoctl delete workloadendpoint NAME`, once no container has it"


def check(estate: Estate) -> Findings:
    """Every endpoint against its node's interfaces and routes."""
    by_name = {node.name: place for place, node in estate.by_machine.items()}
    machines = {machine.address: machine for machine in estate.machines}
    stale = {node.name for node in stale_nodes(estate)} if not estate.single else set()
    undecided: dict[str, UndecidedError] = {}
    for endpoint in estate.endpoints:
        machine = machines.get(by_name.get(endpoint.node, endpoint.node))
        if machine is None:
            known = any(node.name == endpoint.node for node in estate.nodes)
            if endpoint.node in stale or not known:
                yield RULE.found(f"an endpoint is on {endpoint.node}, which is no node any more",
                                 estate.about_endpoint(endpoint, "node"), hint=_HINT)  # fmt: skip
            continue
        try:
            missing = _missing(machine, endpoint)
        except UndecidedError as problem:
            undecided[machine.address] = problem
            continue
        if missing:
            yield RULE.found(
                f"an endpoint on it has no {missing}",
                estate.about_endpoint(endpoint),
                machine.evidence(names.IP_ADDR if missing == "interface" else names.IP_ROUTE, None,
                                 f"no {endpoint.interface or endpoint.addresses}"),
                hint=_HINT,
                node=machine.address,
            )  # fmt: skip
    for address, why in undecided.items():
        yield RULE.open(address, why.reason, why.item)


def _missing(machine: Machine, endpoint: calico.Endpoint) -> str:
    if endpoint.interface and endpoint.interface not in machine.interfaces:
        return "interface"
    routed = {
        str(route.net).removesuffix("/32") for route in machine.routes if route.device == endpoint.interface
    }
    return "route" if endpoint.addresses and routed.isdisjoint(endpoint.addresses) else ""
