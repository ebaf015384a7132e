"""A resource without namespaces is given one.

Only NetworkPolicy and NetworkSet belong to a namespace; calicoctl refuses it on any other kind.

Example:
    kind: IPPool
    metadata:
      name: pool
      namespace: default

Remove `metadata.namespace`.
"""

from calico_core.rules import error

RULE = error(
    __name__,
    source="projectcalico/calicoctl v3.14.0 calicoctl/commands/common/resources.go (handleNamespace)",
)
