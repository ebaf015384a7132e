"""Open DC/OS does not update a service to another version of its package.

Moving a running service to the new release is an Enterprise feature. Changing the options of a service works
everywhere, and needs no new release where the network's name is an option.

Example:
    dcos cassandra update start --name=cassandra --options=calico.json

On open DC/OS update the options, or install the new release anew.
"""

from calico_core.rules import Findings, info
from calico_migrate.package.universe import parts
from calico_migrate.package.universe.subject import EditedPackage

RULE = info(
    __name__, source="dcos/cosmos ServiceUpdateHandler.scala:41-47 (VersionUpgradeNotSupportedInOpen)"
)


def check(package: EditedPackage) -> Findings:
    """Every package that gets another release."""
    yield package.finding(
        parts.CONFIG,
        RULE,
        "open DC/OS refuses to update a running service to another version of its package;"
        " Enterprise DC/OS does it",
        hint="on open DC/OS update the options of the running service, or install it anew",
    )
