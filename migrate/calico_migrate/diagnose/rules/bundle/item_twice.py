"""A name is in the archive twice, with different contents.

The collectors merge the nodes' archives by appending. Which of two members is right cannot be told; the
last one is read, as other programs do.

Example:
    10.0.1.21_agent/ip_route.output is there twice

Look at both, and make a new bundle.
"""

from calico_migrate.diagnose.estate.estate import Estate
from calico_migrate.diagnose.estate.evidence import Evidence
from calico_migrate.diagnose.judgement import Findings, warning

RULE = warning(__name__, source="dcos/dcos-diagnostics@4a97a0e api/rest/coordinator.go:232-268", needs="")


def check(estate: Estate) -> Findings:
    """Every name of which there are several."""
    for trouble in estate.bundle.troubles:
        if trouble.kind == "twice":
            yield RULE.found(
                f"{trouble.item} is in the archive more than once; the last one was read",
                Evidence(trouble.name, None, trouble.why),
                hint="make a new bundle",
                node=trouble.address,
            )
