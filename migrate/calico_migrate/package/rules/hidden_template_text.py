"""No parsable rendering shows a part of the template.

Each line is looked at in a rendering that parses as YAML. This one was in none: its section can't be shown,
or what is shown with it does not parse. It is an error where the old network's name stands in it, because
that name was not judged.

Example:
    {{#A}}{{^A}}
      dcos:
    {{/A}}{{/A}}

Look at the line yourself; remove it if it can never show.
"""

from __future__ import annotations

from calico_core.findings import Severity
from calico_core.rules import Rule

RULE = Rule(__name__, Severity.WARNING, source="mesosphere/dcos-commons RawServiceSpec.java")
