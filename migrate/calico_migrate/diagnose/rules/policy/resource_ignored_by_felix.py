"""Felix refuses a resource and ignores it.

It was written past Calico's API, or by another release.

Example:
    Validation failed; treating as missing error=error with field name key=Policy(name=x)

Read it with `calicoctl get -o yaml`, and write it again with calicoctl of the cluster's release.
"""

from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.estate.estate import OneNode
from calico_migrate.diagnose.judgement import Findings, info
from calico_migrate.diagnose.logs.telling import times

RULE = info(__name__, source="projectcalico/felix v3.14.0 calc/validation_filter.go:65-74")


def check(node: OneNode) -> Findings:
    """Felix' journal."""
    machine = node.machine
    hits = machine.log(names.FELIX_LOG).hits.get("felix-validation")
    if hits is not None:
        yield RULE.found(
            "Felix refuses a resource and ignores it",
            machine.quote(names.FELIX_LOG, hits.last),
            hint="read it with `calicoctl get -o yaml`, and write it again with calicoctl of the"
            " cluster's release",
            node=machine.address,
            detail=times(machine, hits),
        )
