"""Generated modules: tables of which rule watches for what, where start-up counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calico_config.rules import NEEDS
from calico_core.rules import watched
from calico_migrate.marathon.parsed.marks import Mark

if TYPE_CHECKING:
    from collections.abc import Collection

_MARKS = frozenset(value for name, value in vars(Mark).items() if name.isupper())
_TABLES = {"calico_migrate.marathon.rule_table": _MARKS, "calico_config.rule_table": frozenset(NEEDS)}
_TABLE = '''\
"""Which rules look at what: generated from their ``WATCHES`` by ``scripts/docs``, held by a test."""

RULES: dict[str, tuple[str, ...]] = {{
{rows}}}
'''


def tables() -> dict[str, str]:
    """The text of each generated module, by its name; raises TypeError for a rule that nobody would ask."""
    return {name: _table(name.rpartition(".")[0] + ".rules", known) for name, known in _TABLES.items()}


def _table(package: str, known: Collection[str]) -> str:
    rows = []
    for what, names in watched(package, known).items():
        listed = ", ".join(f'"{name}"' for name in names) + ("," if len(names) == 1 else "")
        row = f'    "{what}": ({listed}),\n'
        if len(row) > 110:
            row = "".join([f'    "{what}": (\n', *(f'        "{name}",\n' for name in names), "    ),\n"])
        rows.append(row)
    return _TABLE.format(rows="".join(rows))
