"""A word that begins with `!` is a YAML tag, which calicoctl drops.

Only what follows the tag is the value, often nothing.

Example:
    metadata:
      labels:
        note: !important

Quote the value.
"""

from __future__ import annotations

from calico_core.findings import Severity
from calico_core.rules import Rule

RULE = Rule(
    __name__,
    Severity.WARNING,
    source="YAML 1.1, Tags; gopkg.in/yaml.v2 v2.2 decode.go",
)
