"""An HTTP match cannot be made.

`http` is for `Allow` rules of ingress with the protocol `TCP` or none; methods are not repeated, and
each path has either `exact` or `prefix`, beginning with `/` and without blanks, `?` and `#`.

Example:
    ingress:
    - action: Deny
      http:
        methods: [GET]

Remove the match: DC/OS has no application layer policy, so that it never works there.
"""

from calico_core.rules import error

RULE = error(
    __name__,
    source="projectcalico/libcalico-go dda4a7964ffa lib/validator/v3/validator.go "
    "(validateHTTPRule, validateRule, ruleUsesAppLayerPolicy)",
)
