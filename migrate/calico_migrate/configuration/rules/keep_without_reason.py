"""A line asks to be kept as it is, and does not say why.

Without a reason nobody can tell later whether it still holds, so that it settles nothing.

Example:
    - name: dcos  # calico-migrate: keep

Write the reason behind it: `# calico-migrate: keep until the database has moved`.
"""

from calico_core.findings import Finding
from calico_core.rules import info

RULE = info(__name__, source="calico-migrate, Configuration file")


def finding(line: int) -> Finding:
    """A line that says keep and not why."""
    return RULE.finding("keep needs a reason behind it, and settles nothing", line=line)
