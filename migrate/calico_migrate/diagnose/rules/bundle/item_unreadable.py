"""A member of the archive cannot be read.

It is encrypted, compressed in a way that zips of DC/OS do not use, or its checksum is wrong; or a bundle that
was extracted has a folder whose permissions keep it from being listed. The others were read.

Example:
    10.0.1.21_agent/ip_route.output: Bad CRC-32

Decrypt the archive, or download it again; make the folder readable.
"""

from calico_migrate.diagnose.estate.estate import Estate
from calico_migrate.diagnose.estate.evidence import Evidence
from calico_migrate.diagnose.judgement import Findings, warning

RULE = warning(__name__, source="PKWARE APPNOTE 4.4.4, 4.4.5, 4.4.7", needs="")


def check(estate: Estate) -> Findings:
    """Every member that could not be read for what it is."""
    for trouble in estate.bundle.troubles:
        if trouble.kind == "unreadable":
            yield RULE.found(
                f"{trouble.item} cannot be read: {_WORDS.get(trouble.why, trouble.why)}",
                Evidence(trouble.name, None, trouble.why),
                hint=_HINTS.get(trouble.why, "make it readable, or extract the bundle again"),
                node=trouble.address,
            )


_HINTS = dict.fromkeys(("encrypted", "compression"), "decrypt the archive, or download it again")
_WORDS = {"encrypted": "it is encrypted", "compression": "its compression is unknown"}
