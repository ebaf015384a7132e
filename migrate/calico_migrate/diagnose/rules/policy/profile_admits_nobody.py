"""A profile has no rules, or admits only a label that nothing carries.

The plugin makes such a profile by itself when a network's profile is missing: it lets in those with a label
of the profile's name, and gives that label to nobody.

Example:
    profile web admits has(web), and no endpoint has the label web

Give the profile `labelsToApply: {web: ""}`, or rules that admit what is meant.
"""

from calico_migrate.diagnose.estate.estate import Estate
from calico_migrate.diagnose.estate.policies import Policies
from calico_migrate.diagnose.judgement import Findings, warning
from calico_migrate.policy.compiled.resources import Rule

RULE = warning(
    __name__,
    source="mesosphere/libnetwork-plugin v1.1.3-2-d2iq driver/network_driver.go:337-361",
    lists=True,
)


def check(estate: Estate) -> Findings:
    """The ingress rules of every profile against the labels that endpoints have."""
    policies = estate.policies
    for name, profile in policies.profiles.items():
        if name.startswith(("projectcalico-", "kns.", "ksa.")):
            continue
        allowing = [rule for rule in profile.ingress if rule.action == "Allow"]
        hint = f'give it `labelsToApply: {{{name}: ""}}`, or rules that admit what is meant'
        if not profile.ingress and not profile.egress:
            yield RULE.found(
                f"profile {name} has no rules and drops everything",
                policies.evidence("Profile", name),
                hint=hint,
            )
        elif allowing and all(_admits_nobody(rule, policies) for rule in allowing):
            yield RULE.found(f"profile {name} admits only a label that no endpoint has",
                             policies.evidence("Profile", name, "selector"), hint=hint)  # fmt: skip


def _admits_nobody(rule: Rule, policies: Policies) -> bool:
    selectors = rule.source.selectors
    return selectors is not None and not rule.source.nets and not policies.matching(selectors)
