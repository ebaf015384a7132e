"""The name of a network is put together from several parts of the template.

The old name appears in a rendering, but no single stretch of the file and no single option's default holds
it, so that it can't be changed safely. A list of networks as a default is such a case too.

Example:
    networks:
      dc{{! the overlay }}os:

Write the name in one piece, or change it by hand.
"""

from __future__ import annotations

from calico_core.findings import Severity
from calico_core.rules import Rule

RULE = Rule(
    __name__, Severity.ERROR, source="mesosphere/dcos-commons RawServiceSpec.java, TemplateUtils.java"
)
