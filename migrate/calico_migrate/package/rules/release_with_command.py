"""A package with command.json cannot become a release of today.

A release that says which versions it upgrades needs packaging version 4.0, which has no ``command.json``.

Example:
    repo/packages/H/hello/3/command.json

Move the package to the command line resources of ``resource.json`` first.
"""

from calico_core.findings import Finding
from calico_core.rules import error

RULE = error(__name__, source="mesosphere/universe scripts/validate_packages.py")


def finding(shown: str) -> Finding:
    """Why a package with a command.json gets no new release."""
    return RULE.finding(
        f"{shown} has a command.json, which packaging version 4.0 does not know: no release can be built",
        hint="move the package to the command line resources of resource.json first",
    )
