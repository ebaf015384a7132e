"""An unquoted `!` at the start of a selector is a YAML tag and is lost.

calicoctl accepts the document: `!has(x)` becomes an empty selector, which selects everything, and
`! has(x)` becomes `has(x)`, its opposite.

Example:
    spec:
      selector: !has(role)

Quote the selector: `selector: "!has(role)"`.
"""

from calico_core.rules import error

RULE = error(__name__, source="YAML 1.1, Tags; gopkg.in/yaml.v2 v2.2 decode.go")
