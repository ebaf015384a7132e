"""The value is not of the kind that the field takes.

A list must be a list even when it has one item, a number must not be a text, and a truth value must be
`true` or `false` without quotes.

Example:
    spec:
      natOutgoing: "true"

Write the value as the message says.
"""

from calico_core.rules import error

RULE = error(__name__, source="projectcalico/libcalico-go dda4a7964ffa lib/apis/v3; Go encoding/json")
