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

from __future__ import annotations

from calico_core.findings import Severity
from calico_core.rules import Rule

RULE = Rule(
    __name__,
    Severity.ERROR,
    source=(
        "projectcalico/calicoctl v3.14.0 calicoctl/resourcemgr/resourcemgr.go (UnmarshalStrict); lib/apis/v3"
    ),
)
