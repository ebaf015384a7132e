"""calicoctl 3.14 knows no resource of this kind and version.

The kind and `apiVersion: projectcalico.org/v3` must be spelled exactly. Kubernetes' NetworkPolicy has
another `apiVersion`; a general `kind: List` is refused, lists are called `NetworkPolicyList` and so on,
and every item of one needs its own `kind` and `apiVersion`.

Example:
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy

Write the resource in the form that Calico 3.14 has.
"""

from calico_core.rules import error

RULE = error(__name__, source="projectcalico/calicoctl v3.14.0 calicoctl/resourcemgr/resourcemgr.go")
