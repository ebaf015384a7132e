"""A rule names a port by a name, which no endpoint of DC/OS has.

Neither of the plugins gives endpoints named ports, so that a name in `ports` matches nothing: an
`Allow` rule never allows it and a `Deny` rule never denies it. In `notPorts` a name excludes
nothing.

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
from calico_migrate.policy.checking.context import Context

RULE = error(
    __name__,
    source="projectcalico/cni-plugin v3.14.0 internal/pkg/utils; "
    "mesosphere/libnetwork-plugin driver/network_driver.go (neither sets Spec.Ports)",
)


def check(context: Context) -> Findings:
    """Reports every named port."""
    for placed in context.rules():
        for side in ("source", "destination"):
            written = placed.rule.written.get(side) or {}
            if not getattr(placed.rule, side).named_ports:
                continue
            for field in ("ports", "notPorts"):
                ports = written.get(field) or ()
                names = [(index, port) for index, port in enumerate(ports) if port_range(port) is None]
                for index, port in names:
                    severity = None
                    message = f"no endpoint of DC/OS has a port named '{port}'"
                    if field == "notPorts":
                        message += ", so that it excludes nothing"
                        severity = Severity.WARNING
                    elif len(names) == len(ports):
                        message += ": the rule never matches"
                    else:
                        message += ": only the ports with numbers match"
                        severity = Severity.WARNING
                    yield context.finding(
                        placed.item,
                        RULE,
                        (*placed.path, side, field, index),
                        message,
                        "write the number of the container's port",
                        severity=severity,
                    )
