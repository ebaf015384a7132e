"""The service specification takes the labels of a network from a variable that the template never sets.

The labels that an operator gives do not arrive at the network.

Example:
    networks:
      {{VIRTUAL_NETWORK_NAME}}:
        labels: {{CNI_PLUGIN_LABELS}}

Use one name for the variable in both files.
"""

from calico_core.rules import Findings, warning
from calico_migrate.package.universe import parts, places
from calico_migrate.package.universe.subject import WiredPackage

RULE = warning(__name__, source="mesosphere/dcos-commons, sheepkiller/dcos-rabbitmq svc.yml")


def check(package: WiredPackage) -> Findings:
    """Each variable of a network's labels that the template never sets."""
    trace, facts = package.plan.trace, package.facts
    if trace is None or facts is None or not trace.parsed or parts.CONFIG not in package.content.texts:
        return
    sent = {name for rendered in trace.parsed for name in places.variables(rendered.app)}
    for variable in sorted(facts.label_variables - sent):
        yield package.finding(
            parts.TEMPLATE,
            RULE,
            f"the service specification takes the labels of a network from {variable},"
            " which this template never sets",
            hint="use one name for the variable in both files",
        )
