"""A rule names a port by a name, which no endpoint that it finds has.

Neither of the plugins gives workloads named ports; only a HostEndpoint can have some, under `ports` in its
spec, at its `expectedIPs`. Where none that the rule finds has a port of that name and protocol, a name in
`ports` matches nothing: an `Allow` rule never allows it and a `Deny` rule never denies it. In `notPorts`
such a name excludes nothing.

Example:
    ingress:
    - action: Allow
      protocol: TCP
      destination:
        ports: [http]

Write the port's number, which is the container's port.
"""

from calico_core.findings import Severity
from calico_core.rules import Findings, error
from calico_migrate.calico.validation.ports import port_range
from calico_migrate.policy.checking.context import Context, PlacedRule
from calico_migrate.policy.compiled.resources import AddressSet, Policy

RULE = error(
    __name__,
    source="projectcalico/cni-plugin v3.14.0 internal/pkg/utils; "
    "mesosphere/libnetwork-plugin driver/network_driver.go (neither sets Spec.Ports); "
    "projectcalico/felix v3.14.0 calc/rule_scanner.go, labelindex/named_port_index.go",
)


def check(context: Context) -> Findings:
    """Reports every named port that stands for nothing."""
    for placed in context.rules():
        for side in ("source", "destination"):
            entity = getattr(placed.rule, side)
            if not entity.names and not entity.not_names:
                continue
            known = _known(context, placed, side)
            written = placed.rule.written.get(side) or {}
            for field in ("ports", "notPorts"):
                ports = written.get(field) or ()
                names = [(index, port) for index, port in enumerate(ports) if port_range(port) is None]
                unknown = [(index, port) for index, port in names if port not in known]
                for index, port in unknown:
                    severity = None
                    message = _nobody(context, port)
                    if field == "notPorts":
                        message += ", so that it excludes nothing"
                        severity = Severity.WARNING
                    elif len(unknown) == len(ports):
                        message += ": the rule never matches"
                    else:
                        message += f": only the {_others(names, unknown)} match"
                        severity = Severity.WARNING
                    yield context.finding(
                        placed.item,
                        RULE,
                        (*placed.path, side, field, index),
                        message,
                        "write the number of the container's port",
                        severity=severity,
                    )


def _known(context: Context, placed: PlacedRule, side: str) -> set[str]:
    """The names that some HostEndpoint has which this side of the rule finds."""
    near = "destination" if placed.direction == "ingress" else "source"
    policy = placed.item.compiled
    if side == near and isinstance(policy, Policy) and not context.hosts_of(policy):
        # The endpoint's own side is a workload.
        return set()
    entity = getattr(placed.rule, side)
    return {port.name for port in (*entity.named, *entity.not_named)}


def _nobody(context: Context, name: str) -> str:
    owner = next((one for one in context.hosts if _has(one, name)), None)
    if owner is None:
        return f"no endpoint of DC/OS has a port named '{name}'"
    return f"no endpoint that is found here has a port named '{name}', though {owner.title} has one"


def _has(host: AddressSet, name: str) -> bool:
    return any(port.name == name for port in host.ports)


def _others(names: list[tuple[int, str]], unknown: list[tuple[int, str]]) -> str:
    return "others" if len(unknown) < len(names) else "ports with numbers"
