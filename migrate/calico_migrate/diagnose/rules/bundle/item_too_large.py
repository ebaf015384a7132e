"""A member is larger than any such item can be.

It was not read to its end: a few bytes of a zip can stand for gigabytes of zeros, and no output of `ip
route` has 16 MiB.

Example:
    10.0.1.21_agent/ip_route.output has more than 16,777,216 bytes

Ask where the bundle comes from; run the command on the node by hand.
"""

from calico_migrate.diagnose.estate.estate import Estate
from calico_migrate.diagnose.estate.evidence import Evidence
from calico_migrate.diagnose.judgement import Findings, warning

RULE = warning(__name__, source="PKWARE APPNOTE 4.4.9: sizes are what the archive claims", needs="")


def check(estate: Estate) -> Findings:
    """Every member that was given up for its size."""
    for trouble in estate.bundle.troubles:
        if trouble.kind == "too-large":
            yield RULE.found(
                f"{trouble.item} {trouble.why}; it was not read to its end",
                Evidence(trouble.name, None, trouble.why),
                hint="run the command on the node by hand",
                node=trouble.address,
            )
