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

from calico_core.rules import Findings, warning
from calico_migrate.package.specification.subject import KeySeen, placed

RULE = warning(__name__, source="mesosphere/dcos-commons RawPod.java (ignoreUnknown), commit 38a024220")


def check(seen: KeySeen) -> Findings:
    """A network below the pod's ``container``."""
    if seen.key.in_container:
        yield placed(
            seen.lines,
            RULE,
            seen.offset,
            f"pod {seen.key.pod} has its networks below container, which SDK 0.31.0 and newer ignores:"
            " with those the pod is on the host's network",
            pointer=seen.key.pointer,
            hint="Move networks up to the pod if the pod is to be on the network.",
        )
