"""A service specification does not parse in any rendering.

Whatever its sections are set to, what the template renders is no YAML, so that no scheduler can read it. The
old network's name does not stand in it; where it does, the file is an input that can't be parsed.

Example:
    pods:
      node:
       - count: 1
      tasks: {

Repair the file, or leave it out.
"""

from calico_core.findings import Finding
from calico_core.rules import warning

RULE = warning(__name__, source="mesosphere/dcos-commons RawServiceSpec.java")


def finding(message: str) -> Finding:
    """A specification that parses in no rendering."""
    return RULE.finding(message, hint="Repair the file, or leave it out.")
