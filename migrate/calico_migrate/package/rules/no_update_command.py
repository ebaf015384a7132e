"""The package has no command that updates the options of a running service.

``dcos <package> update start`` belongs to the command line that SDK packages bring along. This package brings
none, or the package is not built on the SDK.

Example:
    "resource": {"assets": {}}

Edit the service's options in the DC/OS UI, or install it anew with
``dcos package install <package> --options=FILE``.
"""

from calico_core.findings import Finding
from calico_core.rules import warning

RULE = warning(__name__, source="mesosphere/universe, packages without a command line of their own")


def finding(kept: str, where: str, package: str, file: str, hint_file: str) -> Finding:
    """How services without an update command get the options of ``file``."""
    return RULE.finding(
        f"{kept}; the package has no command that updates them{where}",
        hint="edit the service's options in the DC/OS UI, or install it anew with"
        f" `dcos package install {package} --options={file}`{hint_file}",
    )
