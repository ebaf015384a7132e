"""An app that a package manages is not sent back to Marathon.

The package manager renders the app from the package and from stored options. What is edited in Marathon is
gone with the next update of the service, so that `--for-update` hands no such app out.

Example:
    "labels": {"DCOS_PACKAGE_NAME": "kafka", "DCOS_PACKAGE_OPTIONS": "eyJzZXJ2aWNlIjp7InZpcnR1YWxfbmV0d29ya…"}

Move the service by its options: `calico-migrate package --options-dir DIR` writes them from the exported app.
"""

from calico_core.findings import Finding
from calico_core.rules import error
from calico_core.spans import Position
from calico_migrate.marathon.parsed.package_labels import PackageLabels

RULE = error(
    __name__, source="dcos/cosmos ServiceUpdateHandler.scala:88-144, MarathonClient.scala (modifyApp)"
)


def finding(package: PackageLabels, pointer: str, place: Position) -> Finding:
    """An app of a package that is to be sent back."""
    return RULE.finding(
        f"the package {package.name} manages this app and renders it again at its next update, which would"
        " take the edit back",
        hint="move it by its options (`calico-migrate package --options-dir DIR`):"
        f" {package.how_to_update()}",
        line=place.line,
        column=place.column,
        pointer=pointer,
    )
