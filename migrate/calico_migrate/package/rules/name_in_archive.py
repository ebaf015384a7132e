"""The name of the network is written inside the scheduler's archive.

The package has a flag for virtual networks but no option for the network's name, and its service
specification is not at hand: the name is in the ``svc.yml`` inside ``scheduler.zip``, where no file of the
package reaches it.

Example: {{#service.virtual_network}} "ENABLE_VIRTUAL_NETWORK": "yes", {{/service.virtual_network}}

Run this command over the framework's source tree and rebuild the archive; or unpack ``scheduler.zip``, run
it over the ``svc.yml`` in there, pack and host the archive under a new address, and let ``assets.uris`` in
``resource.json`` point at it.
"""

from __future__ import annotations

from calico_core.findings import Severity
from calico_core.rules import Rule

RULE = Rule(
    __name__,
    Severity.ERROR,
    source="mesosphere/universe, package cockroachdb; mesosphere/dcos-commons RawServiceSpec.java",
)
