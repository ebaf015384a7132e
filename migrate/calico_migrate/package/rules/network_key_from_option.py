"""The name of a pod's network comes from the scheduler's environment.

The key is a template variable, so that the file stays as it is. The value comes from an option of the
package: a new default in its config.json, or the user's options, move the service.

Example:
    networks:
      {{VIRTUAL_NETWORK_NAME}}:

Change the option that feeds the variable, not this file.
"""

from calico_core.findings import Finding
from calico_core.rules import info

RULE = info(__name__, source="mesosphere/dcos-commons RawServiceSpec.java, TemplateUtils.java")


def finding(pod: str, variable: str, option: str | None) -> Finding:
    """A network that a variable names; ``option`` is the package's option that feeds it."""
    fed = f", which the option {option} feeds" if option is not None else ""
    return RULE.finding(
        f"the network of pod {pod} is named by {variable}{fed}; this file stays as it is",
        hint=f"Change {option or 'the option of the package that feeds ' + variable}.",
    )
