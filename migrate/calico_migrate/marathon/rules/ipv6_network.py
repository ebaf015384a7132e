"""The definition is on `dcos6`, and Calico on DC/OS has no IPv6.

`dcos6` is DC/OS' IPv6 overlay. Nothing on Calico replaces it, so that the definition stays as it is.

Example:
    "networks": [{"mode": "container", "name": "dcos6"}]

Decide for each such service whether it can do without IPv6; if so, name the new network yourself.
"""

from calico_core.rules import Findings, error
from calico_migrate.marathon.parsed.marks import Mark
from calico_migrate.marathon.subject import Subject

RULE = error(
    __name__,
    source="dcos/dcos packages/dcos-integration-test/extra/test_networking.py:560 (no IPv6 on Calico)",
)
WATCHES = (Mark.IPV6,)


def check(subject: Subject) -> Findings:
    """Each attachment to dcos6."""
    for attachment in subject.planned.attachments:
        if attachment.name == "dcos6" and attachment.entry is not None:
            yield subject.finding(
                RULE,
                (*attachment.entry, attachment.key),
                "dcos6 carries IPv6, which Calico on DC/OS does not have; the definition stays on it",
                hint="decide whether the service can do without IPv6, and name the network yourself",
            )
