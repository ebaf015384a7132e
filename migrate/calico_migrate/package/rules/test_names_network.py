"""An integration test names the old network.

The tests of dcos-commons frameworks check that pods are on the network ``dcos``; after the move they fail.
Tests are not edited.

Example: sdk_networks.check_task_network("hello-0-server", expected_network_name="dcos")

Change the name in the tests together with the package.
"""

from calico_core.findings import Finding
from calico_core.rules import warning
from calico_core.spans import Position

RULE = warning(__name__, source="mesosphere/dcos-commons testing/sdk_networks.py")


def finding(old: str, new: str, place: Position) -> Finding:
    """A test that names the old network."""
    return RULE.finding(
        f"this test names the network {old!r}, which the framework leaves; it is not edited",
        hint=f"write {new!r} there",
        line=place.line,
        column=place.column,
    )
