"""Networks stand below container, where newer SDKs do not look.

``pods.<pod>.container.networks`` was read until SDK 0.30. From 0.31.0 on the networks belong directly to the
pod, and what stands below ``container`` is ignored without a word: the pod is on the host's network. The
name is changed all the same, because an old SDK still reads it.

Example:
    pods:
      node:
        container:
          networks:
            dcos:

With SDK 0.31.0 or newer, move ``networks`` up to the pod if the pod is to be on the network.
"""

from __future__ import annotations

from calico_core.findings import Severity
from calico_core.rules import Rule

RULE = Rule(
    __name__,
    Severity.WARNING,
    source="mesosphere/dcos-commons RawPod.java (ignoreUnknown), commit 38a024220",
)
