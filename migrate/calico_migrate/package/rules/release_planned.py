"""A package gets a new release.

The new release is a copy of the newest one that needs an edit, with the next free number, the network's new
name, a version of its own, ``upgradesFrom`` and ``downgradesTo`` with the old version, and DC/OS 2.1 as the
least release that it runs on. Untouched files are copied byte for byte.

Example: cassandra: release 1001, version 2.10.0-3.11.6-calico.1

Host the tree or the repository file of ``--repository``, and add it to the cluster before the public
Universe: ``dcos package repo add --index=0 calico ADDRESS``.
"""

from calico_core.findings import Finding
from calico_core.rules import info

RULE = info(__name__, source="mesosphere/universe, docs/contribute")


def finding(shown: str, number: int, version: str) -> Finding:
    """Which release a package gets."""
    return RULE.finding(
        f"{shown} gets release {number}, version {version}",
        hint="add it to the cluster in front of the public Universe: dcos package repo add --index=0",
    )
