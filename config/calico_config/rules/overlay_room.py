"""An overlay has room for too few agents, or an agent for too few containers.

Every agent takes one subnet of the overlay, of the size that `prefix` says, and half of it goes to
Docker. An overlay whose `prefix` equals its subnet's own has room for one agent; with /31 or /32 an agent
has no address left for a container. Registration of further agents fails.

Example:
    overlays:
      - {name: dcos, subnet: 9.0.0.0/24, prefix: 24}

Use a larger subnet or a longer `prefix`, so that every node gets a part and every part has room.
"""

from calico_config.facts.facts import Facts
from calico_core.addresses import parse_network
from calico_core.rules import Findings, warning
from calico_core.words import shown

RULE = warning(__name__, source="dcos/dcos-mesos-modules overlay/master.cpp (allocateIP, allocateSubnet)")
WATCHES = ("overlays",)


def check(facts: Facts) -> Findings:
    """One finding for each overlay with fewer parts than nodes, or with parts that are too small."""
    if not facts.overlay_on or not facts.overlay_is_set:
        return
    for overlay in facts.overlays:
        written = parse_network(str(overlay.fields.get("subnet", "")))
        prefix = overlay.fields.get("prefix")
        if written is None or isinstance(prefix, bool) or not isinstance(prefix, int):
            continue
        if not written.prefix <= prefix <= 32:
            continue
        parts = 1 << (prefix - written.prefix)
        nodes = facts.options.nodes or facts.agent_count
        place = facts.place(*overlay.path, "prefix")
        name = shown(overlay.name)
        if parts <= 1 or parts < nodes:
            room = "1 agent" if parts == 1 else f"{parts:,} agents"
            known = f"; there are {nodes:,}" if nodes > parts else ""
            yield RULE.finding(
                f"overlay {name} ({written.network} in parts of /{prefix}) has room for {room} only{known}",
                hint="use a larger subnet or a longer prefix",
                **place,
            )
        elif prefix >= 31:
            yield RULE.finding(
                f"overlay {name} gives every agent a /{prefix}: no address is left for a container",
                hint="use a shorter prefix, for example 24",
                **place,
            )
