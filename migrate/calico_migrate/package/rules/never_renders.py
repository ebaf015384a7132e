"""The template renders to no JSON under any setting that was tried.

At its defaults, with all flags on and with all flags off the package manager would refuse the package, and
where its values arrive cannot be seen.

Example: "cpus": {{service.cpus}},,

Look at the rendered text with ``calico-migrate package --render`` and correct the template.
"""

from __future__ import annotations

from calico_core.findings import Severity
from calico_core.rules import Rule

RULE = Rule(__name__, Severity.WARNING, source="dcos/cosmos PackageDefinitionRenderer.scala")
