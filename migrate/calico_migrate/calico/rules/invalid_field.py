"""Calico 3.14 knows no field of this name here.

calicoctl refuses every field that its version does not know: misspelt ones, those of Calico's first API, and
those that came later than 3.14, such as `allowedUses` or `tier`.

Example:
    kind: IPPool
    spec:
      cidr: 10.1.0.0/16
      allowedUses: [Workload]

Remove the field, or correct its name.
"""

from calico_core.rules import error

RULE = error(
    __name__,
    source="projectcalico/calicoctl v3.14.0 calicoctl/resourcemgr/resourcemgr.go (UnmarshalStrict);"
    " lib/apis/v3",
)
