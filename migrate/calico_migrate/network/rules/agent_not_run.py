"""An agent was left out because the first one has something else.

`network run` begins with one agent, which creates the network, and sends nothing to the others before that
one is right: what stands in the way there (a network of the name with another subnet, say) usually stands
in the way everywhere.

Example:
    10.0.0.8: agent-not-run: not sent: 10.0.0.7, which creates the network, is not right yet

Put the first agent right, then run `calico-migrate network run DIR --resume`.
"""

from calico_core.findings import Finding
from calico_core.rules import warning
from calico_migrate.network.running.outcomes import AgentOutcome

RULE = warning(__name__, source="moby/moby daemon/network.go (a network is made on one agent first)")


def finding(outcome: AgentOutcome) -> Finding:
    """Why nothing was sent to an agent."""
    return RULE.finding(outcome.message, hint="run again with --resume once the first agent is right")
