"""A pod's networks come from a YAML alias.

The SDK reads its file with Jackson, which takes an alias for a text and knows no merge keys, so that it
refuses the service specification or misses the network. The name at the anchor is changed once.

Example:
    networks: *overlay

Write the networks out at each pod.
"""

from __future__ import annotations

from calico_core.findings import Severity
from calico_core.rules import Rule

RULE = Rule(
    __name__, Severity.WARNING, source="FasterXML/jackson-dataformat-yaml YAMLParser.java (AliasEvent)"
)
