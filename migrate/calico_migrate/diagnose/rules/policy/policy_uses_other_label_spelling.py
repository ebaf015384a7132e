"""A policy asks for a label in the spelling that it had before UCR's plugin changed it.

UCR's plugin turns `/` into `.` and other characters into `-`. An app with `example.com/role` has an
endpoint with `example.com.role`, and the policy never matches it.

Example:
    selector: example.com/role == 'db'

Write the label as the endpoint has it; under Docker it keeps its spelling.
"""

from calico_migrate.diagnose.estate.estate import Estate
from calico_migrate.diagnose.judgement import Findings, warning

RULE = warning(
    __name__, source="projectcalico/cni-plugin v3.14.0 internal/pkg/utils/utils.go:331-353", lists=True
)


def check(estate: Estate) -> Findings:
    """The labels in selectors of policies and of their rules against those of the endpoints."""
    policies = estate.policies
    for policy in policies.policies:
        for selectors in policies.selections(policy):
            for written, arrived in policies.mangled(selectors):
                yield RULE.found(
                    f"{policy.title} asks for the label {written}, which endpoints of UCR have as {arrived}",
                    policies.evidence(policy.kind, policy.name, "selector"),
                    hint=f"write {arrived} for endpoints of UCR",
                )
