"""A word that begins with `!` is a YAML tag, which calicoctl drops.

Only what follows the tag is the value, often nothing.

Example:
    metadata:
      labels:
        note: !important

Quote the value.
"""

from calico_core.rules import warning

RULE = warning(__name__, source="YAML 1.1, Tags; gopkg.in/yaml.v2 v2.2 decode.go")
