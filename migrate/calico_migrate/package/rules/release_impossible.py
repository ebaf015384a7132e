"""A package needs a new release, but none can be built from this one.

The version that the new release would have is not one that the package schema takes (letters, digits, ``.``
and ``-`` only), another release of the package has it already, or a field that must change stands twice in
``package.json``.

Example: "version": "1.2.0+build_7"

Choose another ``--suffix``, build from another release with ``--from``, or correct ``package.json`` first.
"""

from __future__ import annotations

from calico_core.findings import Severity
from calico_core.rules import Rule

RULE = Rule(__name__, Severity.ERROR, source="mesosphere/universe package-schema.json, version")
