"""A list of agents cannot be used.

Each agent gets a directory of its own, named by its address, so that an address is a host name or an IPv4
address and stands there once. The agent that creates the network must be one of them.

Example:
    calico-migrate network generate web --cidr 10.1.0.0/16 --agents a --create-on 10.0.0.9 --output-dir web
    unusable-agents: --create-on names '10.0.0.9', which is not among the agents

Correct the list of agents, or name one of them with `--create-on`.
"""

from calico_core.legible import quoted
from calico_core.rules import Findings, error
from calico_migrate.network.agents import address_problem
from calico_migrate.network.settings import GenerationSettings

RULE = error(__name__, source="OpenSSH ssh(1); RFC 1123")

_MOST = 10


def check(settings: GenerationSettings) -> Findings:
    """Every address, and the one that creates."""
    seen: set[str] = set()
    bad = 0
    for agent in settings.agents:
        problem = address_problem(agent)
        if problem is None and agent in seen:
            problem = f"{quoted(agent)} is there twice"
        seen.add(agent)
        if problem is not None and (bad := bad + 1) <= _MOST:
            yield RULE.finding(problem, hint="correct the list of agents")
    if bad > _MOST:
        yield RULE.finding(f"{bad - _MOST} more agents cannot be used", hint="correct the list of agents")
    if settings.create_on and settings.create_on not in seen:
        yield RULE.finding(
            f"--create-on names {quoted(settings.create_on)}, which is not among the agents",
            hint="name one of the agents, or leave --create-on out: the first one creates then",
        )
