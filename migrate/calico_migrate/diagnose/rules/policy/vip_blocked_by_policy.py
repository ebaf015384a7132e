"""A policy admits only labels to endpoints that are reached through a VIP.

The load balancer puts the agent's own address in the place of the client's, so that no label is seen: what
comes through the VIP is dropped.

Example:
    NetworkPolicy default/db admits role == 'web' to /shop/db, whose port has VIP_0 /db:5432

Admit the pool and the agents by `nets` as well, or let clients use the containers' own names
(`*.containerip.dcos.thisdcos.directory`).
"""

from calico_migrate.diagnose.estate.estate import Estate
from calico_migrate.diagnose.judgement import Findings, error
from calico_migrate.policy.compiled.resources import Rule

RULE = error(
    __name__,
    source="dcos/dcos packages/dcos-net/extra/dcos-net.service (MASQUERADE); projectcalico/calico issue 2165",
    lists=True,
)


def check(estate: Estate) -> Findings:
    """The policies of each app with a VIP."""
    policies = estate.policies
    for definition in estate.workloads.definitions:
        workload = definition.workload
        for network in workload.networks:
            served = network in estate.calico_networks and any(port.vips for port in workload.ports(network))
            if not served:
                continue
            chain = policies.ingress_of(workload.labels(network).arrived, network, workload.runtime)
            rules = [rule for policy in chain for rule in policy.ingress or ()]
            if chain and rules and not any(_lets_addresses_in(rule) for rule in rules):
                policy = chain[0]
                yield RULE.found(
                    f"{policy.title} admits only labels to {definition.id}, which is reached through a VIP",
                    policies.evidence(policy.kind, policy.name, "ingress"),
                    definition.evidence(),
                    hint="admit the pool and the agents by nets as well, or let clients use the"
                    " containers' names",
                )


def _lets_addresses_in(rule: Rule) -> bool:
    """Whether a rule lets in what has no label, or hands it to the profile."""
    return rule.action in ("Allow", "Pass") and (rule.source.selectors is None)
