"""An HTTP match cannot be made.

`http` is for `Allow` rules of ingress with the protocol `TCP` or none; methods are not repeated, and
each path has either `exact` or `prefix`, beginning with `/` and without blanks, `?` and `#`.

Example:
    ingress:
    - action: Deny
      http:
        methods: [GET]

Remove the match: DC/OS has no application layer policy, so that it never works there.
"""

from __future__ import annotations

from calico_core.findings import Severity
from calico_core.rules import Rule

RULE = Rule(
    __name__,
    Severity.ERROR,
    source=(
        "projectcalico/libcalico-go dda4a7964ffa lib/validator/v3/validator.go "
        "(validateHTTPRule, validateRule, ruleUsesAppLayerPolicy)"
    ),
)
