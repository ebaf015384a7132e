"""The name of a pod's network comes from the scheduler's environment.

The key is a template variable, so that the file stays as it is. The value comes from an option of the
package: a new default in its config.json, or the user's options, move the service.

Example:
    networks:
      {{VIRTUAL_NETWORK_NAME}}:

Change the option that feeds the variable, not this file.
"""

from __future__ import annotations

from calico_core.findings import Severity
from calico_core.rules import Rule

RULE = Rule(
    __name__,
    Severity.INFO,
    source="mesosphere/dcos-commons RawServiceSpec.java, TemplateUtils.java",
)
