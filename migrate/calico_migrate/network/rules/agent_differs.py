"""An agent has something else than what was promised.

The script that looked at the agent came to its end and found a difference: a Docker network of that name
with another driver, scope, subnet or profile, several of them, a pool or profile that differs, another
annotation, or a CNI file for UCR that is missing. It changed nothing about that. The message has the
script's own words; `network.json` says what was promised.

Example:
    10.0.0.7: agent-differs: other-network: Its subnet is '10.2.0.0/16', not '10.1.0.0/16'.

Do what the message says, then run `calico-migrate network run DIR --resume`, which looks at these agents
again.
"""

from calico_core.findings import Finding
from calico_core.rules import error
from calico_migrate.network.running.outcomes import AgentOutcome

RULE = error(__name__, source="the exit codes of create-network.sh, listed at its head")


def finding(outcome: AgentOutcome) -> Finding:
    """What the script said about an agent that has something else."""
    return RULE.finding(
        outcome.message, hint="put that right on the cluster, then let `network run DIR --resume` look again"
    )
