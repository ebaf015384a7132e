"""Two networks of a definition become one.

After the change two entries would have the same name, which Marathon refuses ("Duplicate networks are not
allowed"): a definition that is on both networks already, on two old ones that become one, or on a named and
an unnamed one. The entry that comes first keeps its place, because Marathon takes a task's address from its
first network; the later one is taken out, its labels join the first's, and `networkNames` name the network
once.

Example:
    "networks": [{"name": "calico"}, {"name": "dcos"}]       becomes
    "networks": [{"name": "calico"}]

Look at the result: the container now has one address where it had two. Where both entries have one label
with different values, the first one's stays and the finding is an error; choose the value yourself.
"""

from calico_core.findings import Severity
from calico_core.rules import Findings, warning
from calico_migrate.marathon.parsed.marks import Mark
from calico_migrate.marathon.subject import Subject

RULE = warning(
    __name__,
    source="mesosphere/marathon NetworkValidation.scala:26 (duplicates),"
    " core/task/state/NetworkInfo.scala:29-35 (the first network gives the address)",
    worst=Severity.ERROR,
)
WATCHES = (Mark.MERGED,)


def check(subject: Subject) -> Findings:
    """What a human should know of the entries that were merged."""
    for merge in subject.planned.merges:
        shown = " and ".join("an unnamed network" if name is None else name for name in merge.names)
        message = f"{shown} become one entry for {merge.after}: one address instead of {len(merge.names)}"
        if not merge.conflicts:
            hint = "check that nothing relies on the address that goes"
            yield subject.finding(RULE, merge.entry, message, hint=hint)
            continue
        yield subject.finding(
            RULE,
            merge.entry,
            f"{message}; their labels {', '.join(merge.conflicts)} differ, and the first entry's values stay",
            hint="choose the values of these labels yourself",
            severity=Severity.ERROR,
        )
