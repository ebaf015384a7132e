"""An item ends early.

A connection broke while it was collected, a gzip stream has no end, or a JSON document stops in the middle.
Logs are judged as far as they go; of what must be whole nothing is concluded.

Example:
    could not copy 5050-master_state.json data to zip: unexpected EOF

Collect again, or run the command on the node by hand.
"""

from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.bundle.bundle import Trouble
from calico_migrate.diagnose.bundle.members import DamagedError
from calico_migrate.diagnose.estate.estate import Estate
from calico_migrate.diagnose.estate.evidence import Evidence
from calico_migrate.diagnose.estate.machine import Machine
from calico_migrate.diagnose.judgement import Findings, warning

RULE = warning(
    __name__, source="dcos/dcos-diagnostics@4a97a0e api/rest/bundle_handler.go (io.Copy to the zip)", needs=""
)

_LARGEST = 64 << 20


def check(estate: Estate) -> Findings:
    """What was found cut while it was read, what the collectors say, and JSON documents without an end."""
    said: dict[tuple[str, str], Evidence] = {}
    for error in estate.bundle.errors:
        if error.cut:
            member = estate.bundle.root.get(names.ERROR_REPORT)
            name = member.name if member is not None else names.ERROR_REPORT
            text = f"could not copy {error.item} data to zip: {error.reason}"
            said[error.address, error.item] = Evidence(name, error.line, text)
    for machine in estate.machines:
        for item, member in machine.node.members.items():
            if item.endswith(".json") and not member.problem and member.size <= _LARGEST:
                _look_at_the_end(estate, machine, item)
    for trouble in estate.bundle.troubles:
        if trouble.kind == "cut":
            for key in ((trouble.address, trouble.item), ("", trouble.item)):
                if key in said and key != (trouble.address, trouble.item):
                    del said[key]
            said.setdefault((trouble.address, trouble.item), Evidence(trouble.name, None, trouble.why))
    for (address, item), evidence in said.items():
        yield RULE.found(
            f"{item} ends early; what could be read of it was used",
            evidence,
            hint="collect again, or run the command on the node",
            node=address,
        )


def _look_at_the_end(estate: Estate, machine: Machine, item: str) -> None:
    member = machine.node.members[item]
    last = b""
    try:
        for block in estate.bundle.stream(member, machine.address, item):
            last = (last + block)[-64:]
    except DamagedError:
        return
    if last.strip() and last.rstrip()[-1:] not in b'}]"' and not last.strip().isalnum():
        estate.bundle.add(Trouble("cut", member.name, machine.address, item, "ends early"))
