"""Items could not be collected.

A command that fails leaves no file behind, only a line in the error report. What needs the missing item stays
undecided; nothing is called healthy for want of it.

Example:
    summaryErrorsReport.txt: could not collect docker_ps.output: signal: killed

Run the commands on the node by hand where the report is not enough: `signal: killed` means that a command
took more than a minute.
"""

from calico_core.words import counted, listed
from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.bundle.collection_errors import CollectionError
from calico_migrate.diagnose.estate.estate import Estate
from calico_migrate.diagnose.estate.evidence import Evidence
from calico_migrate.diagnose.judgement import Findings, info

RULE = info(__name__, source="dcos/dcos-diagnostics@4a97a0e api/rest/bundle_handler.go:166-224", needs="")


def check(estate: Estate) -> Findings:
    """For each node what the error report names, but for what is often missing."""
    for machine in estate.machines:
        missing = [
            error
            for error in estate.bundle.errors
            if error.address == machine.address and not error.cut and error.item not in _USUAL
        ]
        if missing:
            items = list(dict.fromkeys(error.item for error in missing))
            yield RULE.found(
                f"{counted(len(items), 'item')} could not be collected: {listed(items)}",
                *(_evidence(estate, error) for error in missing[:3]),
                hint="what needs them is undecided; run those commands on the node by hand",
                node=machine.address,
            )


def _evidence(estate: Estate, error: CollectionError) -> Evidence:
    member = estate.bundle.root.get(names.ERROR_REPORT)
    return Evidence(
        member.name if member is not None else names.ERROR_REPORT,
        error.line,
        f"could not collect {error.item}: {error.reason}",
    )


_USUAL = frozenset(
    {names.SESTATUS, names.IPSET, names.ETCD_NODES, "var/lib/dcos/mesos/log/mesos-master.log.1"}
)
