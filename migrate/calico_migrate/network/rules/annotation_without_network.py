"""The pool's annotation names a Docker network that no agent has.

The Docker plugin writes the id of the network into the annotations of its IP pool and finds the pool by it
when a container starts. An annotation whose network is gone is left over from a network that was removed
while the plugin was not running, or from a pool that was restored from a file.

Example:
    pools.json: annotation-without-network: the pool 'web' is annotated with the Docker network 1f0c…,
    which no agent has

Run the generated scripts again: they create the network where it is missing, and the plugin then writes the
annotation anew. Never repair the annotation with `calicoctl apply`.
"""

from calico_core.legible import legible, quoted
from calico_core.rules import Findings, error
from calico_migrate.calico.annotations import NETWORK_ID_ANNOTATION
from calico_migrate.network.verifying.subjects import AnnotationSeen

RULE = error(
    __name__,
    source="mesosphere/libnetwork-plugin v1.1.3-2-d2iq driver/network_driver.go:172-239 (annotations)",
)


def check(seen: AnnotationSeen) -> Findings:
    """Whether the network of the annotation exists."""
    pool = seen.pool
    identifier = pool.annotations.get(NETWORK_ID_ANNOTATION)
    if seen.asked and identifier and identifier not in seen.known:
        yield RULE.finding(
            f"the pool {quoted(pool.name)} is annotated with the Docker network {legible(identifier)},"
            " which no agent has",
            hint="run the generated scripts again; creating the network writes the annotation anew",
        )
