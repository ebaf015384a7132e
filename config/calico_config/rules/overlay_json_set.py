"""`dcos_overlay_network_json` replaces the overlay configuration.

The installer calculates this value from `dcos_overlay_network`. It can be set by hand; then it replaces
the calculated one, `dcos_overlay_network` has no effect any more, and the installer does not compare the
overlays with Calico's network.

Example:
    dcos_overlay_network_json: '{"vtep_subnet": "44.128.0.0/20", "overlays": []}'

Use `dcos_overlay_network`, which takes the same JSON or a YAML mapping.
"""

from calico_config.facts.facts import Facts
from calico_core.rules import Findings, warning

RULE = warning(__name__, source="dcos/dcos gen/calc.py, dcos_overlay_network_json")
WATCHES = ("overlays",)


def check(facts: Facts) -> Findings:
    """One finding where the calculated value is set by hand."""
    name = "dcos_overlay_network_json"
    if not facts.is_set(name):
        return
    yield RULE.finding(
        f"{name} replaces dcos_overlay_network, and the installer does not compare it with Calico's network",
        hint="use dcos_overlay_network, which takes the same JSON or a YAML mapping",
        **facts.place(name, key=True),
    )
