"""The package is withdrawn: no cluster can install this release.

A ``minDcosReleaseVersion`` of 999 or 9999 takes a release out of every catalog. No new release is built from
it.

Example:
    "minDcosReleaseVersion": "9999"

Build from another release with ``--from``, or ask the package's maintainer what replaces it.
"""

import re
from collections.abc import Mapping

from calico_core.findings import Finding
from calico_core.rules import Findings, warning
from calico_migrate.package.universe import parts
from calico_migrate.package.universe.subject import WiredPackage

RULE = warning(__name__, source="mesosphere/universe, minDcosReleaseVersion 999 and 9999")


_WITHDRAWN = re.compile(r"9{3,}(?:\.|$)")


def is_withdrawn(package: Mapping[str, object]) -> bool:
    """Whether package.json takes the release out of every catalog (999, 9999)."""
    least = package.get("minDcosReleaseVersion")
    return isinstance(least, str) and _WITHDRAWN.match(least) is not None


def check(package: WiredPackage) -> Findings:
    """A release that no catalog shows."""
    fields = package.content.package
    if is_withdrawn(fields):
        locator = package.content.locator(parts.PACKAGE)
        yield package.finding(
            parts.PACKAGE,
            RULE,
            f"{package.shown} is withdrawn: its minDcosReleaseVersion is {fields['minDcosReleaseVersion']}",
            hint="build from another release, or ask the maintainer what replaces it",
            offset=locator.start(("minDcosReleaseVersion",)) if locator else None,
        )


def no_release(shown: str) -> Finding:
    """Why a withdrawn release gets no successor."""
    return RULE.finding(
        f"{shown} is withdrawn and gets no new release",
        hint="choose another release with --from",
    )
