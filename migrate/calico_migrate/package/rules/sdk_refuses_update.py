"""The package's SDK refuses to move a running service to another virtual network.

Before 0.19.3 the SDK took every network but ``dcos`` for one with port mapping. For such a scheduler the
step to ``calico`` changes the network regime of a pod, which it refuses: it keeps its old configuration and
shows the error in its plan.

Example: "bootstrap-zip": "https://downloads.mesosphere.com/dcos-commons/artifacts/0.19.1/bootstrap.zip"

Build the package with a newer SDK first, or install the service anew.
"""

from calico_core.rules import Findings, error
from calico_migrate.package import sdk
from calico_migrate.package.universe import parts
from calico_migrate.package.universe.subject import EditedPackage

RULE = error(
    __name__,
    source="mesosphere/dcos-commons commit abd884cb1 (0.19.3), PodSpecsCannotChangeNetworkRegime.java",
)


def check(package: EditedPackage) -> Findings:
    """A scheduler of an SDK that keeps running services on their network."""
    content = package.content
    version = (
        package.sdk_version
        or sdk.version_in_resources(content.value(parts.RESOURCE))
        or sdk.version_in_tags(content.package)
    )
    if version is not None and version.refuses_update and sdk.is_scheduler(package.template_text):
        yield package.finding(
            parts.CONFIG,
            RULE,
            f"{package.shown} is built on SDK {version}, which refuses to move a running service to another"
            " virtual network",
            hint="build it with SDK 0.19.3 or newer first, or install the service anew",
        )
