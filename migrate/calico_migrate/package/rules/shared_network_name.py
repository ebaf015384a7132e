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

from __future__ import annotations

from calico_core.findings import Severity
from calico_core.rules import Rule

RULE = Rule(
    __name__, Severity.ERROR, source="mesosphere/dcos-commons RawServiceSpec.java, TemplateUtils.java"
)
