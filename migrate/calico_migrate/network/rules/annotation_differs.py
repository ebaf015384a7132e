"""The pool's annotations do not belong to the promised Docker network.

When a container starts, the Docker plugin looks for the pool that is annotated with the network's id, and
takes the profile from the same annotations. Without the annotation, or with another network's id, no
container starts ("The requested subnet must match the CIDR of a configured Calico IP Pool"). Two things
take it away: `calicoctl apply` or `replace` with a file of the pool, and a second Docker network on the
same subnet.

Example:
    pools.json: annotation-differs: the pool 'web' has no annotation of a Docker network

Remove a second network on the subnet, if there is one. Then remove the promised network once no container
uses it and run the generated scripts again, so that the plugin writes the annotation anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from calico_core.findings import Severity
from calico_core.legible import legible, quoted
from calico_core.rules import Rule
from calico_migrate.network.promise import NETWORK_ID_ANNOTATION, PROFILE_ANNOTATION

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from calico_core.findings import Finding
    from calico_migrate.network.pools import Pool
    from calico_migrate.network.promise import Promise

RULE = Rule(
    __name__,
    Severity.ERROR,
    source="mesosphere/libnetwork-plugin v1.1.3-2-d2iq driver/network_driver.go:314 (pool by annotation)",
)

_HINT = (
    "remove the Docker network once no container uses it, then run the generated scripts again;"
    " do not apply the pool's file, which takes the annotations away"
)


def check(
    promise: Promise, pool: Pool, own_ids: Collection[str], known_ids: Collection[str]
) -> Iterator[Finding]:
    """Whether the annotations name the promised network and profile.

    ``own_ids`` are the ids of the networks of the promised name, ``known_ids`` those of all networks; both
    are empty where no agent was looked at. An id that nobody knows is `annotation_without_network`'s.
    """
    identifier = pool.annotations.get(NETWORK_ID_ANNOTATION)
    profile = pool.annotations.get(PROFILE_ANNOTATION)
    if not identifier:
        yield RULE.finding(f"the pool {quoted(pool.name)} has no annotation of a Docker network", hint=_HINT)
    elif identifier in known_ids and identifier not in own_ids:
        yield RULE.finding(
            f"the pool {quoted(pool.name)} is annotated with {legible(identifier)}, which is another Docker"
            f" network than {quoted(promise.network)}",
            hint="two Docker networks share the subnet; remove the other one, then " + _HINT,
        )
    if identifier and (profile or pool.name) != promise.profile:
        found = f"the profile {quoted(profile)}" if profile else "no profile"
        yield RULE.finding(
            f"the pool {quoted(pool.name)} is annotated with {found}, not {quoted(promise.profile)}",
            hint=_HINT,
        )
