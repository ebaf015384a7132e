"""An overlay's name cannot be used.

The overlay module of the Mesos master refuses a name that stands twice and the names `host`, `bridge`,
`default` and `none`; no overlay works then. `calico` is the name of Calico's own CNI and Docker network,
and the UCR bridge's name (`mesos-bridge`) belongs to the bridge. A name that Docker would not take
(`[a-zA-Z0-9][a-zA-Z0-9_.-]*`) leaves Docker containers without the network: a warning.

Example:
    overlays:
      - {name: bridge, subnet: 9.0.0.0/8, prefix: 24}

Choose another name of at most 13 characters.
"""

import re

from calico_config.facts.facts import Facts
from calico_core.findings import Severity
from calico_core.rules import Findings, error
from calico_core.words import shown

RULE = error(
    __name__,
    source="dcos/dcos-mesos-modules overlay/master.cpp and overlay.hpp (reserved names, duplicates);"
    " dcos/dcos packages/calico",
)
WATCHES = ("overlays",)

RESERVED = frozenset({"host", "bridge", "default", "none"})
_DOCKER_NAME = r"[a-zA-Z0-9][a-zA-Z0-9_.-]*\Z"


def check(facts: Facts) -> Findings:
    """One finding for each name that is reserved, taken, doubled, or unusable for Docker."""
    if not facts.overlay_on or not facts.overlay_is_set:
        return
    bridge = facts.text("dcos_ucr_default_bridge_network_name") or "mesos-bridge"
    seen: set[str] = set()
    for overlay in facts.overlays:
        name = overlay.fields.get("name")
        if not isinstance(name, str):
            continue
        severity = RULE.severity
        if name in RESERVED:
            why = "is a reserved network name: the Mesos master refuses the overlay configuration"
        elif name in seen:
            why = "is the name of two overlays: the Mesos master refuses the overlay configuration"
        elif name == "calico" and facts.calico_on:
            why = "is also the name of Calico's own network: one of the two is lost"
        elif name == bridge:
            why = "is also the name of the UCR bridge network: one of the two is lost"
            severity = Severity.WARNING
        elif not re.match(_DOCKER_NAME, name):
            why = "is no name that Docker accepts for a network: Docker containers cannot use this overlay"
            severity = Severity.WARNING
        else:
            why = ""
        seen.add(name)
        if why:
            yield RULE.finding(
                f"overlay name {shown(name)!r} {why}",
                hint="choose another name of at most 13 letters, digits and hyphens",
                severity=severity,
                **facts.place(*overlay.path, "name"),
            )
