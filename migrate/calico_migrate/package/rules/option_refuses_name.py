"""The option's own schema refuses the new name.

The default names the old network, but the option's ``enum``, ``pattern`` or length does not take the new
name: the package manager would refuse the package's own default. The option is not edited.

Example: "virtual_network_name": {"type": "string", "enum": ["dcos"], "default": "dcos"}

Let the schema take the new name, then run this again; or give another name with ``--map``.
"""

from __future__ import annotations

from calico_core.findings import Severity
from calico_core.rules import Rule

RULE = Rule(__name__, Severity.ERROR, source="JSON Schema draft 4, enum, pattern, minLength and maxLength")
