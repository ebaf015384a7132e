"""A pod is on a network that is not in the map.

Only the networks that ``--map`` names are changed. Another overlay network has a name of its own, which may
hold the text ``dcos`` and is still another network.

Example:
    networks:
      dcos-prod:

If this network moves too, name it: ``--map dcos=calico --map dcos-prod=calico``.
"""

from calico_core.rules import Findings, info
from calico_migrate.package.specification.subject import BRIDGE, KeySeen, placed

RULE = info(__name__, source="mesosphere/dcos-commons DcosConstants.java")


def check(seen: KeySeen) -> Findings:
    """A pod on a network that is not in the map."""
    if seen.stays and seen.key.name not in ("dcos6", BRIDGE, ""):
        yield placed(
            seen.lines,
            RULE,
            seen.offset,
            f"pod {seen.key.pod} is on {seen.key.name}, which is not in the map and stays",
            pointer=seen.key.pointer,
            hint=f"If it moves too, add --map {seen.key.name}=NEW.",
        )
