"""An annotation has a key that Calico refuses, or there is too much text in them.

Keys have the form of a label's key; all keys and values together have at most 262,144 bytes.

Example:
    metadata:
      annotations:
        what is this: "a note"

Use an allowed key, such as `note`, and shorter values.
"""

from calico_core.rules import error

RULE = error(
    __name__,
    source="projectcalico/libcalico-go dda4a7964ffa lib/validator/v3/validator.go "
    "(validateObjectMetaAnnotations)",
)
