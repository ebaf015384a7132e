"""Open DC/OS does not update a service to another version of its package.

Moving a running service to the new release is an Enterprise feature. Changing the options of a service works
everywhere, and needs no new release where the network's name is an option.

Example:
    dcos cassandra update start --name=cassandra --options=calico.json

On open DC/OS update the options, or install the new release anew.
"""

from __future__ import annotations

from calico_core.findings import Severity
from calico_core.rules import Rule

RULE = Rule(
    __name__,
    Severity.INFO,
    source="dcos/cosmos ServiceUpdateHandler.scala:41-47 (VersionUpgradeNotSupportedInOpen)",
)
