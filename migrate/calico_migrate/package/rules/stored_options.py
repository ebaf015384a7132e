"""A service keeps the options it was installed with.

The package manager stores a user's options in the service's label ``DCOS_PACKAGE_OPTIONS`` and renders
every update from the package's defaults with those on top. A service that was installed with
``"virtual_network_name": "dcos"`` stays there, whatever the new default says. The overlay of
``--options-dir`` holds exactly the options to change.

Example: dcos cassandra update start --name=cassandra --options=overlays/cassandra-1000.json

Run it for each service of the package, with the service's own name.
"""

from __future__ import annotations

from calico_core.findings import Severity
from calico_core.rules import Rule

RULE = Rule(
    __name__,
    Severity.INFO,
    source="dcos/cosmos PackageDefinitionRenderer.scala:88-94,155; ServiceUpdateHandler.scala",
)
