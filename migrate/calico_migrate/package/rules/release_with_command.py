"""A package with command.json cannot become a release of today.

A release that says which versions it upgrades needs packaging version 4.0, which has no ``command.json``.

Example:
    repo/packages/H/hello/3/command.json

Move the package to the command line resources of ``resource.json`` first.
"""

from __future__ import annotations

from calico_core.findings import Severity
from calico_core.rules import Rule

RULE = Rule(__name__, Severity.ERROR, source="mesosphere/universe scripts/validate_packages.py")
