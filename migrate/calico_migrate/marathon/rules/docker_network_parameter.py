"""A docker parameter sets the network beside Marathon's own.

Marathon's Docker containerizer already passes `--net` for the app's network. A parameter `net` or `network`
adds a second one: which of them wins depends on the Docker version, and the definition no longer says where
the container is. Where nothing of the app moves, that is only worth knowing.

Example:
    "parameters": [{"key": "network", "value": "dcos"}]

Take the parameter out and name the network in `networks`.
"""

from calico_core.findings import Severity
from calico_core.rules import Findings, error
from calico_migrate.marathon.parsed.marks import Mark
from calico_migrate.marathon.subject import Subject

RULE = error(__name__, source="mesosphere/marathon issue 5227; Docker CLI reference, docker run --network")
WATCHES = (Mark.PARAMETERS,)


def check(subject: Subject) -> Findings:
    """Each docker parameter `net` or `network` of an app or job."""
    for path, parameter in subject.parameters:
        key, value = parameter.get("key"), parameter.get("value")
        if key in ("net", "network"):
            named = isinstance(value, str) and value in subject.network_map.names
            moves = named or subject.moved or subject.on_calico
            yield subject.finding(
                RULE,
                path,
                f"the docker parameter {key}={value} sets a network beside the one that Marathon passes",
                hint="take it out and name the network in networks",
                # Elsewhere it is no matter of the move, and such apps are known to work.
                severity=Severity.ERROR if moves else Severity.INFO,
            )
