"""A service keeps the options it was installed with.

The package manager stores a user's options in the service's label ``DCOS_PACKAGE_OPTIONS`` and renders
every update from the package's defaults with those on top. A service that was installed with
``"virtual_network_name": "dcos"`` stays there, whatever the new default says. The overlay of
``--options-dir`` holds exactly the options to change.

Example: dcos cassandra update start --name=cassandra --options=overlays/cassandra-1000.json

Run it for each service of the package, with the service's own name.
"""

from calico_core.findings import Finding
from calico_core.rules import info

RULE = info(
    __name__, source="dcos/cosmos PackageDefinitionRenderer.scala:88-94,155; ServiceUpdateHandler.scala"
)


def finding(kept: str, where: str, command: str, hint_file: str) -> Finding:
    """Which command gives running services their options."""
    return RULE.finding(f"{kept}{where}", hint=f"run `{command}`{hint_file}")
