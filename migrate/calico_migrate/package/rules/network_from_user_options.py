"""The name of the network comes from the options of each installation alone.

The package declares the option without a default, so that no new release can move anything: the installations
that set it must be updated.

Example:
    "networks": {"type": "array", "items": {"type": "object", "properties": {"name": {"type": "string"}}}}

Look for the option in the stored options of each service, and change it there.
"""

from __future__ import annotations

from calico_core.findings import Severity
from calico_core.rules import Rule

RULE = Rule(__name__, Severity.INFO, source="mesosphere/universe, packages edgelb-pool and marathon")
