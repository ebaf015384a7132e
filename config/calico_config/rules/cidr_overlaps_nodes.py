"""The pool contains addresses of nodes.

The addresses of masters and agents would be addresses of Calico's pool: Calico hands them to containers
and routes them into its tunnel, and the node is cut off. This also happens to a site in 172.16.0.0/12
that sets nothing, because Calico's default pool is 172.29.0.0/16. Agents are known from `agent_list`,
`public_agent_list` and `--agents FILE`.

Example:
    master_list: [172.29.0.10]

Choose a network for Calico that no machine of the site uses; name the others with `--reserved CIDR=NAME`.
"""

from calico_config.facts.facts import Facts
from calico_core.rules import Findings, error

RULE = error(__name__, source="DC/OS 2.2 docs, networking/SDN/calico; projectcalico/calico issues 1401, 7345")
WATCHES = ("anything",)


def check(facts: Facts) -> Findings:
    """One finding for the masters, one for each list of agents in the pool of a running Calico."""
    from calico_config.colliding import with_addresses
    from calico_config.occupants import AGENT, MASTER

    yield from with_addresses(facts, RULE, MASTER, MASTER.used(facts), "master", "master_list")
    agents = AGENT.used(facts)
    for owner in ("agent", "public agent"):
        for origin, where in (("file", "in this file"), ("command", "given with --agents")):
            chosen = [entry for entry in agents if entry.owner == owner and entry.origin == origin]
            yield from with_addresses(facts, RULE, AGENT, chosen, owner, where)
