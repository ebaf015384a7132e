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

from calico_core.legible import legible, quoted
from calico_core.rules import Findings, error
from calico_migrate.calico.annotations import NETWORK_ID_ANNOTATION, PROFILE_ANNOTATION
from calico_migrate.network.verifying.subjects import AnnotationSeen

RULE = error(
    __name__,
    source="mesosphere/libnetwork-plugin v1.1.3-2-d2iq driver/network_driver.go:314 (pool by annotation)",
)

_HINT = (
    "remove the Docker network once no container uses it, then run the generated scripts again;"
    " do not apply the pool's file, which takes the annotations away"
)


def check(seen: AnnotationSeen) -> Findings:
    """Whether the annotations name the promised network and profile.

    An id that nobody knows is `annotation_without_network`'s.
    """
    if seen.asked and not seen.own:
        # Where no agent has the network, its annotation has nothing to name.
        return
    promise, pool = seen.promise, seen.pool
    identifier = pool.annotations.get(NETWORK_ID_ANNOTATION)
    profile = pool.annotations.get(PROFILE_ANNOTATION)
    if not identifier:
        yield RULE.finding(f"the pool {quoted(pool.name)} has no annotation of a Docker network", hint=_HINT)
    elif identifier in seen.known and identifier not in seen.own:
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
