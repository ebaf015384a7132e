"""A template writes the name of the network into an environment variable.

The variable names the network of the service's pods, no option feeds it, and only names in the app's own
networks are edited: what the service does with the variable cannot be seen here.

Example: "VIRTUAL_NETWORK_NAME": "dcos"

Change the name by hand, better still into an option.
"""

from __future__ import annotations

from calico_core.findings import Severity
from calico_core.rules import Rule

RULE = Rule(
    __name__,
    Severity.ERROR,
    source="mesosphere/dcos-commons RawServiceSpec.java (environment of the scheduler)",
)
