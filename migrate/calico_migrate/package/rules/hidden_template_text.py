"""No parsable rendering shows a part of the template.

Each line is looked at in a rendering that parses as YAML. This one was in none: its section can't be shown,
or what is shown with it does not parse. It is an error where the old network's name stands in it, because
that name was not judged.

Example:
    {{#A}}{{^A}}
      dcos:
    {{/A}}{{/A}}

Look at the line yourself; remove it if it can never show.
"""

from calico_core.findings import Finding, Severity
from calico_core.rules import warning

RULE = warning(__name__, source="mesosphere/dcos-commons RawServiceSpec.java")


def finding(*, mentions: bool) -> Finding:
    """A part that no rendering shows; ``mentions`` says whether an old name stands in it."""
    return RULE.finding(
        "no parsable rendering shows this part of the template"
        + (", which may name a network" if mentions else ""),
        hint="Look at it yourself; this tool did not judge it.",
        severity=Severity.ERROR if mentions else None,
    )
