"""A field's name is written in another case than Calico's.

calicoctl takes it for the field all the same; other tools and versions need not.

Example:
    spec:
      CIDR: 10.1.0.0/16

Write the name as Calico does: `cidr`.
"""

from calico_core.rules import info

RULE = info(__name__, source="Go encoding/json (fields are matched without regard to case)")
