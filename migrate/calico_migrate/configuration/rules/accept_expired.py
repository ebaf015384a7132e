"""The last day of an entry of the configuration file has passed.

What it settled is reported again.

Example:
    [[accept]]
    rule = "docker-host-port"
    until = 2020-12-31
    reason = "moves to UCR before the year ends"

Put right what was accepted, or give the entry another last day and a reason that still holds.
"""

from calico_core.findings import Finding
from calico_core.rules import info

RULE = info(__name__, source="calico-migrate, Configuration file")


def finding(until: str, reason: str, line: int | None) -> Finding:
    """An entry with this last day and reason, at its line of the configuration file."""
    message = f"this entry held until {until}: what it settled is reported again ({reason})"
    return RULE.finding(message, line=line)
