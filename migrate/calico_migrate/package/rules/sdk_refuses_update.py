"""The package's SDK refuses to move a running service to another virtual network.

Before 0.19.3 the SDK took every network but ``dcos`` for one with port mapping. For such a scheduler the
step to ``calico`` changes the network regime of a pod, which it refuses: it keeps its old configuration and
shows the error in its plan.

Example: "bootstrap-zip": "https://downloads.mesosphere.com/dcos-commons/artifacts/0.19.1/bootstrap.zip"

Build the package with a newer SDK first, or install the service anew.
"""

from __future__ import annotations

from calico_core.findings import Severity
from calico_core.rules import Rule

RULE = Rule(
    __name__,
    Severity.ERROR,
    source="mesosphere/dcos-commons commit abd884cb1 (0.19.3), PodSpecsCannotChangeNetworkRegime.java",
)
