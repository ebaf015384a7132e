"""A new resource carries the version of one that exists.

`calicoctl create` refuses it. `calicoctl apply` takes it for a resource that is there, and `calicoctl
replace` until somebody else has changed the resource. It is in every file that `calicoctl get -o yaml` has
printed.

Example:
    metadata:
      name: allow-web
      resourceVersion: "1234"

Remove `resourceVersion` before the file is kept.
"""

from __future__ import annotations

from calico_core.findings import Severity
from calico_core.rules import Rule

RULE = Rule(
    __name__,
    Severity.ERROR,
    source="projectcalico/libcalico-go dda4a7964ffa lib/clientv3/resources.go",
)
