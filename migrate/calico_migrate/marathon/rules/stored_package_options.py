"""A service that was installed from a package keeps the old network in its stored options.

The package manager keeps the user's options in the label `DCOS_PACKAGE_OPTIONS` and renders the service
from them again at every update. Editing the app in Marathon does not change them: the next update brings the
old network back. The label is read, never changed.

Example:
    "labels": {"DCOS_PACKAGE_NAME": "kafka", "DCOS_PACKAGE_OPTIONS": "eyJzZXJ2aWNlIjp7InZpcnR1YWxf…"}

Run `dcos <package> update start --name=<service> --options=FILE` with the new name at the same place of the
options, where the package has that command; `calico-migrate package --options-dir DIR` writes that file from
the exported app. The pools of Edge-LB are rendered from their own files: `dcos edgelb update FILE`.
"""

from calico_core.rules import Findings, warning
from calico_migrate.marathon.parsed.marks import Mark
from calico_migrate.marathon.subject import Subject

RULE = warning(
    __name__,
    source="dcos/cosmos PackageDefinitionRenderer.scala:88-94, 140-159 (stored options),"
    " ServiceUpdateHandler.scala:88-144",
)
WATCHES = (Mark.PACKAGE_OPTIONS,)


def check(subject: Subject) -> Findings:
    """Each network option in the stored options of a package's app that names an old network."""
    package = subject.package
    if package is None:
        return
    for option, name in package.network_options:
        new = subject.network_map.names.get(name)
        if new is not None:
            yield subject.finding(
                RULE,
                ("labels", "DCOS_PACKAGE_OPTIONS"),
                f"the stored options of the package {package.name} say {option} = {name},"
                " which the next update of the service brings back",
                hint=package.how_to_update(f" with {option} = {new} in FILE"),
            )
