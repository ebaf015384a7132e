"""A package gets no new release, because nothing in it needs an edit.

Example:
    nginx 5: no new release

Nothing to do.
"""

from calico_core.findings import Finding
from calico_core.rules import info

RULE = info(__name__, source="mesosphere/universe, docs/contribute")


def finding(shown: str) -> Finding:
    """That a package gets no new release."""
    return RULE.finding(f"{shown} needs no edit and gets no new release")
