"""A field of package.json changes with the new release.

The new release has a version of its own, says that it upgrades from and downgrades to the old version, needs
DC/OS 2.1, which ships Calico, and has packaging version 4.0 where the old one was lower, because only that
knows upgrades. ``PACKAGE_VERSION`` in the template follows the version.

Example:
    "version": "2.10.0-3.11.6"
    "version": "2.10.0-3.11.6-calico.1"

Nothing to do.
"""

from calico_core.rules import info

RULE = info(__name__, source="mesosphere/universe package-schema.json")
