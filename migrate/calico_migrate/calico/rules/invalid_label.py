"""A label has a key or value that Calico refuses.

A key is `[prefix/]name`, where the name has at most 63 letters, digits, `-`, `_` and `.` and begins
and ends with a letter or digit; a value has the same form or is empty. On a NetworkSet or GlobalNetworkSet
the key `projectcalico.org/namespace` is refused.

Example:
    labelsToApply:
      team: a/b

Use an allowed key and value, and the same ones in the selectors.
"""

from calico_core.rules import error

RULE = error(
    __name__,
    source="projectcalico/libcalico-go dda4a7964ffa lib/validator/v3/validator.go "
    "(validateLabels, validateObjectMetaLabels)",
)
