"""A template takes the name of a network from an option that config.json does not declare.

A value that nothing answers to is rendered as empty, so that the service starts without the name of its
network, whatever the operator chose.

Example:
    "VIRTUAL_NETWORK_NAME": "{{node.virtual_network}}"

Declare the option in ``config.json``, with the new network as its default, or correct its name in the
template.
"""

from calico_core.rules import Findings, warning
from calico_migrate.package.universe import parts
from calico_migrate.package.universe.subject import WiredPackage
from calico_migrate.package.universe.unset import without_default

RULE = warning(__name__, source="mesosphere/universe, packages percona-mongo and portworx-percona-mongo")


def check(package: WiredPackage) -> Findings:
    """Each tag that gives a network its name and that config.json does not declare."""
    for unset in without_default(package):
        if unset.option is None and not unset.is_declared:
            yield package.finding(
                parts.TEMPLATE,
                RULE,
                f"{unset.place.shown} is the name of a network and takes it from {unset.name},"
                " which config.json does not declare: it is always empty",
                hint="declare the option in config.json, or correct its name in the template",
                offset=unset.offset,
            )
