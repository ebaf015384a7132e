"""The file holds what `calicoctl get` prints of what is stored.

`calicoctl apply` takes it: it clears the `resourceVersion` where the resource is new, and uses it where there
is one. `calicoctl create` refuses it, and `calicoctl replace` does so once somebody else has changed the
resource. A list of profiles has Calico's own among them, which can be neither created nor changed; the others
are taken all the same. Warnings that stand before the resources, as in a diagnostics bundle, are passed over
here, but `calicoctl` would not read the file with them.

Example:
    metadata:
      name: allow-web
      resourceVersion: "1234"

Remove `resourceVersion`, and Calico's own profile, before the file is kept.
"""

from calico_core.rules import info

RULE = info(
    __name__,
    source=(
        "projectcalico/calicoctl v3.14.0 calicoctl/resourcemgr/resourcemgr.go (Apply);"
        " projectcalico/libcalico-go dda4a7964ffa lib/clientv3/resources.go, profile.go,"
        " lib/backend/etcdv3/etcdv3.go"
    ),
)
