"""No two nodes exchange routes.

BGP is down in the whole cluster: BIRD is off on all nodes, or port 179 is closed between all of them.

Example:
    none of 28 pairs of nodes has a `proto bird` route

Look whether `dcos-calico-bird` runs, then at the firewall between the nodes: TCP port 179 and protocol 4.
"""

from calico_migrate.diagnose.estate import pairs
from calico_migrate.diagnose.estate.estate import Estate
from calico_migrate.diagnose.judgement import Findings, error

RULE = error(
    __name__,
    source="projectcalico/calico issue 4059; dcos/dcos packages/calico/extra/dcos-calico-bird.service",
    needs="ipip",
    lists=True,
    causes=("bgp-not-running", "ipip-in-azure"),
)


def check(estate: Estate) -> Findings:
    """Whether every pair is down."""
    found = pairs.bgp_pairs(estate)
    _, everywhere = pairs.isolated(found, estate)
    if everywhere:
        yield RULE.found(
            "no two nodes exchange routes",
            *(piece for pair in found.missing[:4] for piece in pair.evidence[:1]),
            hint="look whether dcos-calico-bird runs, then at TCP port 179 and protocol 4 between the nodes",
        )
