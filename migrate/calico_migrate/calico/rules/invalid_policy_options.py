"""Options of a GlobalNetworkPolicy contradict each other.

`doNotTrack` and `preDNAT` exclude each other, each needs `applyOnForward: true`, and a policy with
`preDNAT` has neither egress rules nor the type `Egress`.

Example:
    spec:
      preDNAT: true

Add `applyOnForward: true`, or remove the option: it works for host endpoints only.
"""

from calico_core.rules import error

RULE = error(
    __name__,
    source="projectcalico/libcalico-go dda4a7964ffa lib/validator/v3/validator.go"
    " (validateGlobalNetworkPolicy)",
)
