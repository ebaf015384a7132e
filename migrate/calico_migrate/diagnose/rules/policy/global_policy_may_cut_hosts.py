"""A GlobalNetworkPolicy selects everything.

Host endpoints too, where there are any: then DC/OS' own ports are closed on the nodes. Host endpoints are
not in the bundle.

Example:
    GlobalNetworkPolicy default-deny has selector all()

Narrow it to `has(projectcalico.org/orchestrator)`; `calicoctl get hostendpoint` shows whether there are any.
"""

from calico_migrate.diagnose.estate.estate import Estate
from calico_migrate.diagnose.judgement import Findings, warning

RULE = warning(
    __name__,
    source="projectcalico/felix v3.14.0 config/config_params.go:232-233 (failsafe ports)",
    lists=True,
)


def check(estate: Estate) -> Findings:
    """Global policies whose selector matches an endpoint without any label."""
    policies = estate.policies
    for policy in policies.policies:
        if policy.kind == "GlobalNetworkPolicy" and policy.selects({}):
            yield RULE.found(
                f"{policy.title} selects everything, host endpoints too, which are not in the bundle",
                policies.evidence(policy.kind, policy.name, "selector"),
                hint="narrow it to has(projectcalico.org/orchestrator); `calicoctl get hostendpoint`"
                " shows whether"
                " there are any",
            )
