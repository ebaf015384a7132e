"""An annotation has a key that Calico refuses, or there is too much text in them.

Keys have the form of a label's key; all keys and values together have at most 262,144 bytes.

Example:
    metadata:
      annotations:
        what is this: "a note"

Use an allowed key, such as `note`, and shorter values.
"""

from __future__ import annotations

from calico_core.findings import Severity
from calico_core.rules import Rule

RULE = Rule(
    __name__,
    Severity.ERROR,
    source=(
        "projectcalico/libcalico-go dda4a7964ffa lib/validator/v3/validator.go "
        "(validateObjectMetaAnnotations)"
    ),
)
