"""An agent was looked at that the promise does not name.

The directory was generated for other agents: this one joined the cluster later, or its file has another
name than the agent has in `network.json`. It is compared all the same.

Example:
    10.0.0.9.json: agent-not-promised: '10.0.0.9' is not among the agents of network.json

For a new agent, generate the directory again with the new list of agents (`--force` keeps the journal) and
run it, so that the agent gets its CNI file too.
"""

from calico_core.legible import quoted
from calico_core.rules import Findings, info
from calico_migrate.network.verifying.subjects import AgentSeen

RULE = info(__name__, source="network.json of the generated directory, the list of its agents")


def check(agent: AgentSeen) -> Findings:
    """Whether the agent is one of the promised ones."""
    if agent.seen.agent not in agent.promised:
        yield RULE.finding(
            f"{quoted(agent.seen.agent)} is not among the agents of network.json",
            hint="generate the directory again with all agents, so that this one gets its script too",
        )
