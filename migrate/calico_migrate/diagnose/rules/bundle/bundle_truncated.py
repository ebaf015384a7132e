"""The archive ends early.

Its directory, which stands at the end, is gone: most often the download was cut. The members before the end
were found by their own headers and are judged; everything behind is missing, and nothing is concluded from
that.

Example:
    bundle.zip is cut; 113 members were recovered

Download the bundle again: `dcos diagnostics download ID`.
"""

from calico_core.words import counted
from calico_migrate.diagnose.estate.estate import Estate
from calico_migrate.diagnose.judgement import Findings, error

RULE = error(__name__, source="PKWARE APPNOTE 4.3.7, 4.3.16", needs="")


def check(estate: Estate) -> Findings:
    """Says how many members were recovered."""
    if estate.bundle.archive.incomplete:
        recovered = len(estate.bundle.archive.members())
        yield RULE.found(
            f"the archive ends early: its directory is gone, {counted(recovered, 'member')} could be"
            f" recovered",
            hint="download the bundle again; what is missing is undecided",
        )
