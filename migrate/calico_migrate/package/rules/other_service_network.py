"""A pod is on a network that is not in the map.

Only the networks that ``--map`` names are changed. Another overlay network has a name of its own, which may
hold the text ``dcos`` and is still another network.

Example:
    networks:
      dcos-prod:

If this network moves too, name it: ``--map dcos=calico --map dcos-prod=calico``.
"""

from __future__ import annotations

from calico_core.findings import Severity
from calico_core.rules import Rule

RULE = Rule(__name__, Severity.INFO, source="mesosphere/dcos-commons DcosConstants.java")
