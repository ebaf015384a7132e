"""A service specification does not parse in any rendering.

Whatever its sections are set to, what the template renders is no YAML, so that no scheduler can read it. The
old network's name does not stand in it; where it does, the file is an input that can't be parsed.

Example:
    pods:
      node:
       - count: 1
      tasks: {

Repair the file, or leave it out.
"""

from __future__ import annotations

from calico_core.findings import Severity
from calico_core.rules import Rule

RULE = Rule(__name__, Severity.WARNING, source="mesosphere/dcos-commons RawServiceSpec.java")
