"""An integration test names the old network.

The tests of dcos-commons frameworks check that pods are on the network ``dcos``; after the move they fail.
Tests are not edited.

Example: sdk_networks.check_task_network("hello-0-server", expected_network_name="dcos")

Change the name in the tests together with the package.
"""

from __future__ import annotations

from calico_core.findings import Severity
from calico_core.rules import Rule

RULE = Rule(__name__, Severity.WARNING, source="mesosphere/dcos-commons testing/sdk_networks.py")
