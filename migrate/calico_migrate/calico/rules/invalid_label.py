"""A label has a key or value that Calico refuses.

A key is `[prefix/]name`, where the name has at most 63 letters, digits, `-`, `_` and `.` and begins
and ends with a letter or digit; a value has the same form or is empty. On a NetworkSet or GlobalNetworkSet
the key `projectcalico.org/namespace` is refused.

Example:
    labelsToApply:
      team: a/b

Use an allowed key and value, and the same ones in the selectors.
"""

from __future__ import annotations

from calico_core.findings import Severity
from calico_core.rules import Rule

RULE = Rule(
    __name__,
    Severity.ERROR,
    source=(
        "projectcalico/libcalico-go dda4a7964ffa lib/validator/v3/validator.go "
        "(validateLabels, validateObjectMetaLabels)"
    ),
)
