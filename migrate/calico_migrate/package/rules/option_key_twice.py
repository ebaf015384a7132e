"""An object of a package's JSON file has a key twice.

The last one counts and the first is ignored, which hardly anybody means. The file needs no edit and stays
as it is.

Example: {"port": {"default": 80}, "port": {"default": 8080}}

Remove the one that does not count.
"""

from __future__ import annotations

from calico_core.findings import Severity
from calico_core.rules import Rule

RULE = Rule(
    __name__,
    Severity.WARNING,
    source="RFC 8259 section 4; dcos/cosmos reads with circe, where the last one counts",
)
