"""An entry of the configuration file settles nothing.

What it accepted has been put right, or its globs match no finding and no edit of this run.

Example:
    [[accept]]
    rule = "docker-host-port"
    path = "services/legacy.json"
    reason = "moves to UCR in March"

Take the entry out, unless it is for files that this run did not look at.
"""

from calico_core.findings import Finding
from calico_core.rules import info

RULE = info(__name__, source="calico-migrate, Configuration file")


def finding(reason: str, line: int | None) -> Finding:
    """An entry with this reason, at its line of the configuration file."""
    return RULE.finding(f"this entry settles nothing ({reason})", line=line)
