"""An endpoint's address lies in no pool.

The pool was deleted under it. The container goes on, but what it sends outside is not masqueraded any more,
and the address may be given to somebody else.

Example:
    172.28.3.4 of an endpoint on 10.0.1.21 lies in no pool

Start its task again; it gets an address of a pool that there is.
"""

from calico_migrate.diagnose.estate.estate import Estate
from calico_migrate.diagnose.judgement import Findings, warning

RULE = warning(__name__, source="Calico 3.14 documentation, IPPool (disable before deleting)", lists=True)


def check(estate: Estate) -> Findings:
    """The addresses of all endpoints against all pools, disabled ones too."""
    for endpoint in estate.endpoints:
        for address in endpoint.addresses:
            if estate.pool_of(address) is None:
                yield RULE.found(
                    f"{address} of an endpoint lies in no pool",
                    estate.about_endpoint(endpoint, "ipNetworks"),
                    hint="start its task again",
                    node=endpoint.node,
                )
