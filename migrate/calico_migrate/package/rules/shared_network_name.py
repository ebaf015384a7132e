"""The text of a network's name also serves another purpose.

Under one setting of the template's sections, or through a YAML alias, the same characters are the name of a
network; under another, or elsewhere, they are something else. Changing them would change that too.

Example:
    {{#ON_OVERLAY}}
    networks:
    {{/ON_OVERLAY}}
    {{^ON_OVERLAY}}
    rlimits:
    {{/ON_OVERLAY}}
      dcos:

Write the two apart, each with a line of its own.
"""

from calico_core.findings import Finding
from calico_core.rules import error

RULE = error(__name__, source="mesosphere/dcos-commons RawServiceSpec.java, TemplateUtils.java")


def finding(name: str, why: str) -> Finding:
    """A name that stays because the same text is something else."""
    return RULE.finding(
        f"{name} stays: it is the name of a network, but {why}",
        hint="Write the two apart, then run this again.",
    )
