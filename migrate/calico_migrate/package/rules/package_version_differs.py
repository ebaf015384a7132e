"""The template's PACKAGE_VERSION is not the version of the package.

SDK schedulers report ``PACKAGE_VERSION`` as their own. It was set by hand or by an older build and stays as
it is, because it is not known what it should become.

Example: "version": "2.1.0" "PACKAGE_VERSION": "stub-universe"

Set it to the new version in the template of the new release.
"""

from calico_core.findings import Finding
from calico_core.rules import warning
from calico_core.spans import Position

RULE = warning(__name__, source="mesosphere/dcos-commons SchedulerConfig.java:548 (PACKAGE_VERSION)")


def finding(found: str, version: str, place: Position) -> Finding:
    """A PACKAGE_VERSION that is not the package's version and no build tag."""
    return RULE.finding(
        f"PACKAGE_VERSION is {found!r}, but the version is {version!r}; it stays as it is",
        hint="set it to the new version in the new release",
        line=place.line,
        column=place.column,
        pointer="/env/PACKAGE_VERSION",
    )
