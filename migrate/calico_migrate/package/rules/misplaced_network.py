"""A network, or its labels, stand where the SDK does not look.

A pod's ``networks`` is empty, and what belongs below it stands at its own indent. The SDK ignores keys that
it does not know: the pod is on the host's network, and no option and no release can move it.

Example:
    networks:
    {{VIRTUAL_NETWORK_NAME}}:
      labels: "team:data"

Indent the network below ``networks``, and its ``labels`` below the network.
"""

from __future__ import annotations

from calico_core.findings import Severity
from calico_core.rules import Rule

RULE = Rule(__name__, Severity.WARNING, source="mesosphere/dcos-commons RawPod.java (ignoreUnknown)")
