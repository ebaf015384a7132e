"""The package is withdrawn: no cluster can install this release.

A ``minDcosReleaseVersion`` of 999 or 9999 takes a release out of every catalog. No new release is built from
it.

Example:
    "minDcosReleaseVersion": "9999"

Build from another release with ``--from``, or ask the package's maintainer what replaces it.
"""

from __future__ import annotations

from calico_core.findings import Severity
from calico_core.rules import Rule

RULE = Rule(__name__, Severity.WARNING, source="mesosphere/universe, minDcosReleaseVersion 999 and 9999")
