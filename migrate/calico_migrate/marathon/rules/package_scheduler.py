"""The app was installed from a package.

Its definition is rendered from the package and from stored options, and is rendered again at every update,
which takes back what was edited in Marathon. A scheduler's own network is not the one of its tasks: that is
an option of the package, often `service.virtual_network_name`, or its default.

Example:
    "labels": {"DCOS_PACKAGE_NAME": "cassandra", "DCOS_COMMONS_API_VERSION": "v1"}

Move such a service with its options (`calico-migrate package`), not in Marathon.
"""

from calico_core.rules import Findings, info
from calico_migrate.marathon.parsed.marks import Mark
from calico_migrate.marathon.parsed.package_labels import EDGELB_POOL
from calico_migrate.marathon.subject import Subject

RULE = info(
    __name__,
    source="dcos/cosmos ServiceUpdateHandler.scala:88-144; mesosphere/dcos-commons operations guide (update)",
)
WATCHES = (Mark.PACKAGE,)


def check(subject: Subject) -> Findings:
    """An app of a package whose stored options name no old network."""
    package, names = subject.package, subject.network_map.names
    if package is None or any(name in names for _, name in package.network_options):
        return
    environment = subject.value.get("env")
    named = [
        f"{key}={value}"
        for key, value in (environment.items() if isinstance(environment, dict) else ())
        if "NETWORK_NAME" in key and isinstance(value, str) and value in names
    ]
    source = "" if package.name == EDGELB_POOL else ", a default of the package"
    effect = f"; its environment says {', '.join(named)}{source}" if named else ""
    label = "DCOS_PACKAGE_NAME" if "DCOS_PACKAGE_NAME" in subject.labels else "DCOS_COMMONS_API_VERSION"
    yield subject.finding(
        RULE,
        ("labels", label),
        f"this app belongs to the package {package.name}, whose next update renders it again{effect}",
        hint=f"change its options instead: {package.how_to_update()}"
        if named or subject.moved
        else "nothing in it names a network that moves, so that nothing has to be done",
    )
