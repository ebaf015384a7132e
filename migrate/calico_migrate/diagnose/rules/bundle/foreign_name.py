"""A member's name is none that a bundle has.

It leaves its folder, is absolute, or holds control characters. It was not read. Nothing is extracted here,
but other programs may write such a member wherever its name leads.

Example:
    ../../etc/cron.d/job

Do not unpack the archive; ask where it comes from.
"""

from calico_core.words import counted
from calico_migrate.diagnose.estate.estate import Estate
from calico_migrate.diagnose.estate.evidence import Evidence
from calico_migrate.diagnose.judgement import Findings, warning

RULE = warning(__name__, source="PKWARE APPNOTE 4.4.17", needs="")


def check(estate: Estate) -> Findings:
    """All such names as one finding."""
    strange = [trouble for trouble in estate.bundle.troubles if trouble.kind == "foreign"]
    if strange:
        yield RULE.found(
            f"{counted(len(strange), 'member has a name', 'members have names')} that no bundle has,"
            f" and was not read",
            *(Evidence(trouble.name, None, trouble.why) for trouble in strange[:5]),
            hint="do not unpack the archive, and ask where it comes from",
        )
