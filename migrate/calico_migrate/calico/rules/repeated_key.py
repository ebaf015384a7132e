"""A mapping has a key twice, and only the last one counts.

calicoctl says nothing about it: of two `ingress` lists the first is ignored. Keys that differ in their case
alone are one field as well.

Example:
    spec:
      selector: role == 'a'
      selector: role == 'b'

Keep one of them.
"""

from calico_core.rules import warning

RULE = warning(__name__, source="gopkg.in/yaml.v2 v2.2 decode.go")
