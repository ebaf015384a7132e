"""The name of the network is written inside the scheduler's archive.

The package has a flag for virtual networks but no option for the network's name, and its service
specification is not at hand: the name is in the ``svc.yml`` inside ``scheduler.zip``, where no file of the
package reaches it.

Example: {{#service.virtual_network}} "ENABLE_VIRTUAL_NETWORK": "yes", {{/service.virtual_network}}

Run this command over the framework's source tree and rebuild the archive; or unpack ``scheduler.zip``, run
it over the ``svc.yml`` in there, pack and host the archive under a new address, and let ``assets.uris`` in
``resource.json`` point at it.
"""

from calico_core.rules import Findings, error
from calico_migrate.package import names
from calico_migrate.package.universe import parts, places
from calico_migrate.package.universe.places import PlaceKind
from calico_migrate.package.universe.subject import WiredPackage

RULE = error(
    __name__, source="mesosphere/universe, package cockroachdb; mesosphere/dcos-commons RawServiceSpec.java"
)


def check(package: WiredPackage) -> Findings:
    """A flag for virtual networks whose network is named in the scheduler's archive."""
    trace = package.plan.trace
    if trace is None:
        return
    every = set().union(*(places.variables(rendered.app) for rendered in trace.parsed))
    variables = set(filter(names.is_network_like, every))
    if any(map(names.is_name_variable, variables)):
        return
    if any(place.kind is PlaceKind.NETWORK for found in trace.arrivals.values() for place in found):
        return
    switches = set(filter(names.is_switch_variable, variables))
    if not switches or package.facts is not None:
        return
    variable = min(switches)
    offset = package.template_text.find(f'"{variable}"')
    yield package.finding(
        parts.TEMPLATE,
        RULE,
        f"{package.shown} switches virtual networks on with {variable} but has no option for the network's"
        " name: it is written in the svc.yml inside the scheduler's archive",
        hint="run this over the framework's source tree and rebuild the archive, or patch the svc.yml in"
        " scheduler.zip, host it under a new address and let assets.uris in resource.json point at it",
        offset=offset if offset >= 0 else None,
    )
