"""calicoctl reads something else than what is written.

Its YAML is that of go-yaml 2.2: `yes`, `no`, `on`, `off`, `y` and `n` are truth values, `010`
is octal, `1_000` is 1000. Where a text is wanted, such a value then becomes a text: `yes` is `true`,
`1.10` is `1.1`, so that a label set by Docker or UCR no longer equals the one in a profile.

Example:
    labelsToApply:
      public: yes

Quote the value: `public: "yes"`.
"""

from calico_core.rules import warning

RULE = warning(__name__, source="gopkg.in/yaml.v2 v2.2 resolve.go; projectcalico/go-yaml-wrapper")
