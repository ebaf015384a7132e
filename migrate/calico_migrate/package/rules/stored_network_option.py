"""An exported app holds the network options that its service was installed with.

The label ``DCOS_PACKAGE_OPTIONS`` has what the user gave at installation or update. It is read and shown,
never edited: the package manager renders the next update from it. A service that names the old network
there stays on it until its options are updated.

Example: "labels": {"DCOS_PACKAGE_OPTIONS": "eyJzZXJ2aWNlIjp7InZpcnR1YWxfbmV0d29ya19uYW1lIjoiZGNvcyJ9fQ=="}

Update the service with the overlay that ``--options-dir`` writes.
"""

from __future__ import annotations

from calico_core.findings import Severity
from calico_core.rules import Rule

RULE = Rule(__name__, Severity.INFO, source="dcos/cosmos MarathonApp.scala (DCOS_PACKAGE_OPTIONS)")
