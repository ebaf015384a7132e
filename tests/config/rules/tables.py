"""What a row of a rule's table is.

A rule's test file has two tables, and nothing else: ``SPEAKS``, where the rule has something to say, and
``SILENT``, where it has not. The collector in `conftest` makes a test of each row.
"""

from __future__ import annotations

from typing import Any, NamedTuple

SOUND = """\
bootstrap_url: http://10.7.0.2:8080
cluster_name: orchard
exhibitor_storage_backend: static
master_discovery: static
master_list: [10.7.0.11]
resolvers: [10.7.0.53]
"""

# What stands for itself in the rows' lines: the VTEPs' values and the overlay that every cluster has.
WORDS = {
    "VTEPS": (
        '"vtep_subnet": "44.128.0.0/20", "vtep_subnet6": "fd01:a::/64", "vtep_mac_oui": "70:B3:D5:00:00:00"'
    ),
    "DCOS": '{"name": "dcos", "subnet": "9.0.0.0/8", "prefix": 24}',
}


class Case(NamedTuple):
    """One row: lines of a config.yaml, what the rule says of it, and what the command line adds.

    Each text of ``said`` is ``LINE:COLUMN: SEVERITY: WORDS``, or ``SEVERITY: WORDS`` for a finding without
    a place; the words stand somewhere in its message or hint.
    """

    lines: str
    said: tuple[str, ...]
    options: dict[str, Any]
    whole: bool = False

    @property
    def text(self) -> str:
        """The file: these lines, and those of the sound one whose keys they do not set anew."""
        lines = self.lines
        for word, meaning in WORDS.items():
            lines = lines.replace(word, meaning)
        if self.whole:
            return lines
        names = {line.partition(":")[0] for line in lines.splitlines() if not line.startswith(" ")}
        kept = [line for line in SOUND.splitlines() if line.partition(":")[0] not in names]
        return "\n".join([*lines.splitlines(), *kept]) + "\n"


def whole(lines: str, *said: str) -> Case:
    """A row whose lines are the whole file."""
    return Case(lines, said, {}, whole=True)


def case(lines: str, *said: str, **options: Any) -> Case:
    """A row; the keywords are `calico_config.Options`."""
    return Case(lines, said, options)
