"""Two nodes exchange no routes over BGP.

Their session is not established: TCP port 179, an address that changed, a stale node. Containers of the one
do not reach those of the other. `calicoctl node status` never shows BGP on DC/OS; routes and BIRD's journal
do.

Example:
    10.0.1.21 has no `proto bird` route to 10.0.1.22; Mesh_10_0_1_22: State changed to start

From the one to the other: `nc -vz ADDRESS 179`, and protocol 4. The node with the smaller address only
waits; look at the other's journal for the reason.
"""

from calico_migrate.diagnose.estate import pairs
from calico_migrate.diagnose.estate.estate import Estate
from calico_migrate.diagnose.judgement import Findings, error

RULE = error(
    __name__,
    source="projectcalico/confd bird.cfg.template:110-122; calico issues 4059, 2905",
    needs="ipip",
    lists=True,
    causes=("bgp-not-running", "stale-node"),
)

_HINT = (
    "try TCP port 179 and protocol 4 from each to the other; the journal of dcos-calico-bird of the"
    " node with the"
    " larger address has the reason"
)


def check(estate: Estate) -> Findings:
    """Pairs that are down, but for those of nodes that are down with all."""
    found = pairs.bgp_pairs(estate)
    for machine, undecided in found.undecided:
        yield RULE.open(machine, undecided.reason, undecided.item)
    isolated, everywhere = pairs.isolated(found, estate)
    if everywhere:
        return
    for pair in pairs.unordered(found.missing):
        if not isolated & {pair.source, pair.target}:
            yield RULE.found(
                f"{pair.source} and {pair.target} exchange no routes",
                *pair.evidence,
                hint=_HINT,
                nodes=(pair.source, pair.target),
            )
