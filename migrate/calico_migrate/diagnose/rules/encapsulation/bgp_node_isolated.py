"""A node exchanges routes with no other node.

All its BGP sessions are down: BIRD or confd does not run there, port 179 is closed, or its address is not
what the others call.

Example:
    10.0.1.22 has no `proto bird` route, and no other node has one to it

Read `journalctl -u dcos-calico-bird` on the node; try port 179 of it from another one.
"""

from calico_migrate.diagnose.estate import pairs
from calico_migrate.diagnose.estate.estate import Estate
from calico_migrate.diagnose.judgement import Findings, error

RULE = error(
    __name__,
    source="projectcalico/calico issue 4059; confd bird.cfg.template",
    needs="ipip",
    lists=True,
    causes=("bgp-not-running", "felix-not-running", "tunnel-address-missing", "calico-node-missing"),
)


def check(estate: Estate) -> Findings:
    """Nodes whose every pair is down, where others have one that is up."""
    found = pairs.bgp_pairs(estate)
    isolated, everywhere = pairs.isolated(found, estate)
    if everywhere:
        return
    for address in sorted(isolated):
        own = [pair for pair in found.missing if address in (pair.source, pair.target)]
        own.sort(key=lambda pair: pair.source != address)
        yield RULE.found(
            "it exchanges routes with no other node",
            *(piece for pair in own[:3] for piece in pair.evidence),
            hint="read `journalctl -u dcos-calico-bird` on the node; try its port 179 from another one",
            node=address,
        )
