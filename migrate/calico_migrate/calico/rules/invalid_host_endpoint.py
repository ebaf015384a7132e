"""A HostEndpoint is incomplete, or has a value that Calico refuses.

It needs `node` and either `interfaceName` or `expectedIPs`. An interface has 1 to 15 letters, digits,
`_`, `.` and `-`, or is `*`; a port has a name, a number, and the protocol `TCP`, `UDP` or
`SCTP`.

Example:
    kind: HostEndpoint
    spec:
      interfaceName: eth0

Add `node` with the name that `calicoctl get nodes` prints.
"""

from calico_core.rules import error

RULE = error(
    __name__,
    source="projectcalico/libcalico-go dda4a7964ffa lib/validator/v3/validator.go "
    "(validateHostEndpointSpec, validateEndpointPort)",
)
