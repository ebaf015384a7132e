"""An endpoint has several profiles, or another one than its pool's annotation names.

Its network was made anew with another profile while it ran, or it was edited. Its rules are not those of
its network.

Example:
    an endpoint of pool web has profile calico, and the pool names web

Start its task again.
"""

from calico_core.words import counted
from calico_migrate.calico.annotations import PROFILE_ANNOTATION
from calico_migrate.diagnose.estate.estate import Estate
from calico_migrate.diagnose.judgement import Findings, warning

RULE = warning(
    __name__,
    source="mesosphere/libnetwork-plugin v1.1.3-2-d2iq driver/network_driver.go:314-335",
    lists=True,
)


def check(estate: Estate) -> Findings:
    """The number of profiles, and for Docker the annotation."""
    for endpoint in estate.endpoints:
        if len(endpoint.profiles) != 1:
            yield RULE.found(
                f"an endpoint has {counted(len(endpoint.profiles), 'profile')} instead of one",
                estate.about_endpoint(endpoint, "profiles"),
                hint="start its task again",
                node=endpoint.node,
            )
            continue
        if endpoint.runtime != "docker":
            continue
        for address in endpoint.addresses:
            pool = estate.pool_of(address)
            named = pool.annotations.get(PROFILE_ANNOTATION) if pool is not None else None
            if pool is not None and named and named != endpoint.profiles[0]:
                yield RULE.found(
                    f"an endpoint of pool {pool.name} has profile {endpoint.profiles[0]}, and the pool"
                    f" names {named}",
                    estate.about_endpoint(endpoint, "profiles"),
                    estate.about_pool(pool, PROFILE_ANNOTATION),
                    hint="start its task again",
                    node=endpoint.node,
                )
