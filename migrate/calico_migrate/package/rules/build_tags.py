"""A source package has build tags, so that it cannot be published as it is.

Tags like ``{{package-version}}`` or ``%(package-version)s`` are filled in when the framework is built. In
source trees the edit is made in place and such tags stay; a repository file holds published packages only.

Example: "version": "{{package-version}}"

Build the framework with its own tools, and publish what they write.
"""

from __future__ import annotations

from calico_core.findings import Severity
from calico_core.rules import Rule

RULE = Rule(__name__, Severity.WARNING, source="mesosphere/dcos-commons tools/universe/package_builder.py")
