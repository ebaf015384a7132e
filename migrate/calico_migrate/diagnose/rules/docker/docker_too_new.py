"""Docker 23 and later have no cluster store.

Without it no network of Calico can be made. DC/OS 2.1 and 2.2 are made for Docker 18.09 and 19.03.

Example:
    Docker version 24.0.7, build afdd53b

Install Docker 19.03 on the agent.
"""

import re

from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.bundle.names import AGENT_ROLES
from calico_migrate.diagnose.estate.estate import OneNode
from calico_migrate.diagnose.judgement import Findings, error

RULE = error(
    __name__,
    source="docker/cli docs/deprecated.md:84, 775-783; DC/OS 2.2 version policy",
    roles=AGENT_ROLES,
    needs="",
)


def check(node: OneNode) -> Findings:
    """What `docker --version` says."""
    text = node.machine.text(names.DOCKER_VERSION)
    match = re.search(r"Docker version (\d+)\.(\d+)", text)
    if match is not None and int(match[1]) >= 23:
        yield RULE.found(
            f"Docker {match[1]}.{match[2]} has no cluster store, without which Calico has no Docker network",
            node.machine.evidence(names.DOCKER_VERSION, 1, text.partition("\n")[0]),
            hint="install Docker 19.03 on the agent",
            node=node.machine.address,
        )
