"""A package has a template but no config.json.

Without it the template's options have no defaults: nothing says which of them is the name of a network.
Literal names in the template are still found. It is an error where the template sets up a network.

Example: repo/packages/H/hello/0/marathon.json.mustache repo/packages/H/hello/0/package.json

Put ``config.json`` beside the template, or name the whole package directory.
"""

from __future__ import annotations

from calico_core.findings import Severity
from calico_core.rules import Rule

RULE = Rule(__name__, Severity.WARNING, source='mesosphere/universe README, "config.json"')
