"""A package gets no new release, because nothing in it needs an edit.

Example:
    nginx 5: no new release

Nothing to do.
"""

from __future__ import annotations

from calico_core.findings import Severity
from calico_core.rules import Rule

RULE = Rule(__name__, Severity.INFO, source="mesosphere/universe, docs/contribute")
