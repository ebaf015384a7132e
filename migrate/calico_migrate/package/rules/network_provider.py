"""An option may name the network, but nothing proves it.

Its default equals the old name, and it chooses a network provider. The first Kubernetes packages describe
it as the DC/OS network for their workloads, but their schedulers are not public. It is not edited.

Example: "network_provider": {"type": "string", "default": "dcos"}

Try the new name in the options of a test installation before you rely on it.
"""

from __future__ import annotations

from calico_core.findings import Severity
from calico_core.rules import Rule

RULE = Rule(
    __name__, Severity.WARNING, source="mesosphere/universe, packages kubernetes and beta-kubernetes (1.x)"
)
