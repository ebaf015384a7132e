"""A number breaks the JSON file that it is pasted into.

The installer pastes `calico_veth_mtu` into the CNI configuration calico.conf and `dcos_overlay_mtu` into
the overlay agent's configuration, as the text is. Python's `int()` also takes a leading zero, a plus, an
underscore, and digits of other scripts; JSON does not, and the file cannot be read on the node.

Example:
    calico_veth_mtu: "01450"

Write the number in plain decimal digits, without quotes.
"""

from calico_config.facts.facts import Facts
from calico_core.rules import Findings, error

RULE = error(
    __name__, source="dcos/dcos gen/dcos-config.yaml (calico.conf, overlay/config/agent.json); RFC 8259"
)
WATCHES = ("numbers",)


def check(facts: Facts) -> Findings:
    """One finding for each such number that is not a number in JSON."""
    from calico_config.facts.go_numbers import is_json_number
    from calico_core.words import shown

    for name, on, file in (
        ("calico_veth_mtu", facts.calico_on, "the CNI configuration calico.conf"),
        ("dcos_overlay_mtu", facts.overlay_on, "the overlay agents' configuration agent.json"),
    ):
        number = facts.number(name)
        if on and number is not None and not is_json_number(number.text):
            yield RULE.finding(
                f"{name} {shown(number.text)!r} is pasted into {file} as it is, where it is no"
                f" number: the file"
                " cannot be read",
                hint=f"write {name}: {number.value}"
                if number.value < 1 << 40
                else "write plain decimal digits",
                **facts.place(name),
            )
