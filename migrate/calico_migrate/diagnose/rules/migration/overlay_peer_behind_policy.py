"""A policy by labels keeps out peers that are still on the overlay.

Traffic from the overlay arrives with the agent's address: labels of what is still there are not seen. While
a group is half moved its members cannot speak with each other through such a policy.

Example:
    NetworkPolicy default/db admits role == 'web' to /shop/db; /shop/web is still on dcos

Move the whole group at once, or admit the agents by `nets` until it has moved.
"""

from calico_core.words import listed
from calico_migrate.diagnose.estate.estate import Estate
from calico_migrate.diagnose.estate.workloads import OVERLAYS
from calico_migrate.diagnose.judgement import Findings, warning

RULE = warning(__name__, source="Calico 3.14 documentation, natOutgoing; felix rules/nat.go", lists=True)


def check(estate: Estate) -> Findings:
    """Groups with apps on both sides, and the policies of those on Calico."""
    policies = estate.policies
    staying: dict[str, list[str]] = {}
    for definition in estate.workloads.definitions:
        if any(network in OVERLAYS for network in definition.workload.networks):
            staying.setdefault(definition.id.rpartition("/")[0], []).append(definition.id)
    for definition in estate.workloads.definitions:
        group = definition.id.rpartition("/")[0]
        if not group or group not in staying:
            continue
        for network in definition.workload.networks:
            if network not in estate.calico_networks:
                continue
            workload = definition.workload
            chain = policies.ingress_of(workload.labels(network).arrived, network, workload.runtime)
            rules = [rule for policy in chain for rule in policy.ingress or ()]
            labelled = any(rule.action == "Allow" and rule.source.selectors is not None for rule in rules)
            if labelled and not any(
                rule.action == "Allow" and rule.source.selectors is None for rule in rules
            ):
                yield RULE.found(
                    f"{chain[0].title} admits only labels to {definition.id}, and"
                    f" {listed(staying[group])} of its"
                    f" group {'is' if len(staying[group]) == 1 else 'are'} still on the overlay",
                    policies.evidence(chain[0].kind, chain[0].name, "ingress"),
                    definition.evidence(),
                    hint="move the whole group at once, or admit the agents by nets until it has moved",
                )
