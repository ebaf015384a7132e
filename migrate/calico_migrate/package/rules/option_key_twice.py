"""An object of a package's JSON file has a key twice.

The last one counts and the first is ignored, which hardly anybody means. The file needs no edit and stays
as it is.

Example: {"port": {"default": 80}, "port": {"default": 8080}}

Remove the one that does not count.
"""

from calico_core.rules import Findings, warning
from calico_migrate.package.universe import parts
from calico_migrate.package.universe.json_files import duplicates
from calico_migrate.package.universe.subject import Package

RULE = warning(__name__, source="RFC 8259 section 4; dcos/cosmos reads with circe, where the last one counts")


def check(package: Package) -> Findings:
    """Each key that comes twice in a JSON part; an edited config.json with one is an error instead."""
    for part, document in package.content.documents.items():
        if document.has_duplicates and not (part == parts.CONFIG and package.plan.edits.get(part)):
            for twice in duplicates(document.text):
                yield RULE.finding(
                    f"the key {twice.key!r} comes twice in one object; the last one counts",
                    hint="remove the one that does not count",
                    line=twice.line,
                    column=twice.column,
                    part=part,
                )
