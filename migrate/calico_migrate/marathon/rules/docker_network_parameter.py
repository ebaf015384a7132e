"""A docker parameter sets the network beside Marathon's own.

Marathon's Docker containerizer already passes `--net` for the app's network. A parameter `net` or `network`
adds a second one: which of them wins depends on the Docker version, and the definition no longer says where
the container is.

Example:
    "parameters": [{"key": "network", "value": "dcos"}]

Take the parameter out and name the network in `networks`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from calico_core.findings import Severity
from calico_core.rules import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calico_core.findings import Finding
    from calico_migrate.marathon.subject import Subject

RULE = Rule(
    __name__,
    Severity.ERROR,
    source="mesosphere/marathon issue 5227; Docker CLI reference, docker run --network",
)


def check(subject: Subject) -> Iterator[Finding]:
    """Each docker parameter `net` or `network` of an app or job."""
    for path, parameter in subject.parameters:
        key, value = parameter.get("key"), parameter.get("value")
        if key in ("net", "network"):
            yield subject.finding(
                RULE,
                path,
                f"the docker parameter {key}={value} sets a network beside the one that Marathon passes",
                hint="take it out and name the network in networks",
            )
