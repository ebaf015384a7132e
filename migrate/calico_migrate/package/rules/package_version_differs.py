"""The template's PACKAGE_VERSION is not the version of the package.

SDK schedulers report ``PACKAGE_VERSION`` as their own. It was set by hand or by an older build and stays as
it is, because it is not known what it should become.

Example: "version": "2.1.0" "PACKAGE_VERSION": "stub-universe"

Set it to the new version in the template of the new release.
"""

from __future__ import annotations

from calico_core.findings import Severity
from calico_core.rules import Rule

RULE = Rule(
    __name__, Severity.WARNING, source="mesosphere/dcos-commons SchedulerConfig.java:548 (PACKAGE_VERSION)"
)
