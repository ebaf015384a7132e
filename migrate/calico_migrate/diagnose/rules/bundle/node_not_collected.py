"""Collecting from a node failed.

The bundle's own report says that a node gave nothing: its diagnostics service did not answer, or the time
was up. Nothing is known of that node, and what others say of it stays unproved.

Example:
    report.json: "10.0.1.22": {"status": "Failed", "error": "connect: connection refused"}

Look whether port 61001 of the node answers and `dcos-diagnostics` runs there; then make a new bundle, or
run the script of `calico-migrate diagnose --collector` on the node.
"""

from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.estate.estate import Estate
from calico_migrate.diagnose.estate.evidence import Evidence
from calico_migrate.diagnose.judgement import Findings, warning

RULE = warning(__name__, source="dcos/dcos-diagnostics@4a97a0e api/rest/status.go, coordinator.go", needs="")


def check(estate: Estate) -> Findings:
    """Every node whose status is a failure, or which has no folder though its collection never ended."""
    there = {machine.address for machine in estate.machines}
    member = estate.bundle.root.get(names.REPORT)
    for address, status in estate.bundle.statuses.items():
        if status.word == "Done" or (status.word != "Failed" and address in there):
            continue
        said = f"{address}: {status.word}: {status.error}"
        yield RULE.found(
            f"nothing was collected: {status.error or status.word}",
            Evidence(member.name if member is not None else names.REPORT, None, said),
            hint="look whether port 61001 of the node answers; make a new bundle, or use"
            " `calico-migrate diagnose --collector` there",
            node=address,
        )
