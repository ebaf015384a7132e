"""A service specification has more than one YAML document.

The SDK reads the first document and ignores what follows; so does this tool.

Example:
    name: service
    ---
    pods: {}

Put everything into one document.
"""

from __future__ import annotations

from calico_core.findings import Severity
from calico_core.rules import Rule

RULE = Rule(__name__, Severity.WARNING, source="mesosphere/dcos-commons RawServiceSpec.java (readValue)")
