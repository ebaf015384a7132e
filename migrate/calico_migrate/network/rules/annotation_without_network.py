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

from __future__ import annotations

from typing import TYPE_CHECKING

from calico_core.findings import Severity
from calico_core.legible import legible, quoted
from calico_core.rules import Rule
from calico_migrate.network.promise import NETWORK_ID_ANNOTATION

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from calico_core.findings import Finding
    from calico_migrate.network.pools import Pool

RULE = Rule(
    __name__,
    Severity.ERROR,
    source="mesosphere/libnetwork-plugin v1.1.3-2-d2iq driver/network_driver.go:172-239 (annotations)",
)


def check(pool: Pool, known_ids: Collection[str]) -> Iterator[Finding]:
    """Whether the network of the annotation exists; ``known_ids`` are those of all agents."""
    identifier = pool.annotations.get(NETWORK_ID_ANNOTATION)
    if identifier and identifier not in known_ids:
        yield RULE.finding(
            f"the pool {quoted(pool.name)} is annotated with the Docker network {legible(identifier)},"
            " which no agent has",
            hint="run the generated scripts again; creating the network writes the annotation anew",
        )
