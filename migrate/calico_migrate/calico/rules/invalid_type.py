"""The value is not of the kind that the field takes.

A list must be a list even when it has one item, a number must not be a text, and a truth value must be
`true` or `false` without quotes.

Example:
    spec:
      natOutgoing: "true"

Write the value as the message says.
"""

from __future__ import annotations

from calico_core.findings import Severity
from calico_core.rules import Rule

RULE = Rule(
    __name__,
    Severity.ERROR,
    source="projectcalico/libcalico-go dda4a7964ffa lib/apis/v3; Go encoding/json",
)
