"""The input is no diagnostics bundle.

None of its names is one that DC/OS' diagnostics gives, or it is no archive at all: a web page that was
saved in the bundle's place, another program's collection, an empty file.

Example:
    calico-migrate diagnose bundle.zip
    bundle.zip: is a web page and no zip: most often a log-in page

Make a bundle with `dcos diagnostics create`, and save it with `dcos diagnostics download`.
"""

from calico_core.findings import Finding
from calico_migrate.diagnose.judgement import error

RULE = error(__name__, source="dcos/dcos-diagnostics@4a97a0e api/providers.go (names of items)", needs="")


def finding(why: str) -> Finding:
    """The finding about an input that was opened and is no bundle, in the words of who opened it."""
    found = RULE.finding(why, hint="make a bundle with `dcos diagnostics create`")
    return found._replace(extra={"node": None, "nodes": [], "evidence": []})
