"""The package has no command that updates the options of a running service.

``dcos <package> update start`` belongs to the command line that SDK packages bring along. This package brings
none, or the package is not built on the SDK.

Example:
    "resource": {"assets": {}}

Edit the service's options in the DC/OS UI, or install it anew with
``dcos package install <package> --options=FILE``.
"""

from __future__ import annotations

from calico_core.findings import Severity
from calico_core.rules import Rule

RULE = Rule(
    __name__, Severity.WARNING, source="mesosphere/universe, packages without a command line of their own"
)
