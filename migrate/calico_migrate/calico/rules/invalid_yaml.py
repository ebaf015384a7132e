"""The file is neither YAML nor JSON, or YAML that calicoctl refuses.

calicoctl cuts a file at every line that begins with `---` and reads each part with go-yaml 2.2. It refuses
what is no YAML, an alias without its anchor, an anchor that contains itself, aliases that blow up the
document, a key that is null or a collection, and numbers that JSON cannot hold, such as `.nan`.

Example:
    spec:
      selector: !has(role) && team == 'a'

Correct the place that the message names. A selector that begins with `!` must be quoted.
"""

from calico_core.rules import error

RULE = error(
    __name__,
    source="gopkg.in/yaml.v2 v2.2; projectcalico/calicoctl v3.14.0 calicoctl/resourcemgr/resourcemgr.go",
)
