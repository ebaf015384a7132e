"""The cluster has no Calico.

DC/OS has it since 2.1, where `calico_enabled` is not false. Only what does not depend on it is judged: the
overlay, Docker, clocks, kernels, and what there is to migrate.

Example:
    DC/OS 2.0.6 has no Calico

Upgrade to DC/OS 2.1 or later, or set `calico_enabled: true`, before anything moves.
"""

from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.estate.estate import Estate
from calico_migrate.diagnose.judgement import Findings, info

RULE = info(
    __name__, source="dcos/dcos CHANGES.md 2.1.0; gen/dcos-config.yaml calico_enabled (2.1.2)", needs=""
)


def check(estate: Estate) -> Findings:
    """Says why there is none."""
    if estate.calico == "none":
        machine = estate.machines[0]
        yield RULE.found(
            f"DC/OS {estate.release} has no Calico; only the migration and what it needs is judged",
            machine.evidence(names.VERSION, 1, f'"version": "{estate.release}"'),
            hint="upgrade to DC/OS 2.1 or later first",
        )
    elif estate.calico == "off":
        found = estate.parameters.said("calico_enabled")
        machine = found[0] if found is not None else estate.machines[0]
        yield RULE.found(
            "Calico is switched off (calico_enabled: false); only the migration and what it needs is judged",
            machine.evidence(names.EXPANDED_CONFIG, None, '"calico_enabled": "false"'),
            hint="set calico_enabled: true in config.yaml and upgrade in place",
        )
