"""The document is no Calico resource.

calicoctl needs a mapping with `kind` and `apiVersion`, or a list of such mappings, and refuses a file
without any resource.

Example:
    metadata:
      name: a-policy-without-a-kind

Add `apiVersion: projectcalico.org/v3` and the kind, or remove the document.
"""

from calico_core.rules import error

RULE = error(
    __name__,
    source="projectcalico/calicoctl v3.14.0 calicoctl/resourcemgr/resourcemgr.go, "
    "calicoctl/commands/common/resources.go",
)
