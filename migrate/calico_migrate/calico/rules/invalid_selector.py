"""Calico cannot read the selector.

Values need quotes, comparison is `==`, and a line break is refused, so that `|` in YAML breaks a selector
where `>-` does not. `global()` came after 3.14.

Example:
    selector: role == server

Write `role == 'server'`.
"""

from calico_core.rules import error

RULE = error(__name__, source="projectcalico/libcalico-go dda4a7964ffa lib/selector/parser")
