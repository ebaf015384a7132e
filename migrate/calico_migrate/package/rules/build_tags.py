"""A source package has build tags, so that it cannot be published as it is.

Tags like ``{{package-version}}`` or ``%(package-version)s`` are filled in when the framework is built. In
source trees the edit is made in place and such tags stay; a repository file holds published packages only.

Example: "version": "{{package-version}}"

Build the framework with its own tools, and publish what they write.
"""

from calico_core.findings import Finding
from calico_core.rules import warning

RULE = warning(__name__, source="mesosphere/dcos-commons tools/universe/package_builder.py")


def finding() -> Finding:
    """About the source of a package beside a repository file."""
    return RULE.finding(
        "this is the source of a package: it is edited in place and is not part of the repository file",
        hint="build the framework, then publish what its build writes",
    )
