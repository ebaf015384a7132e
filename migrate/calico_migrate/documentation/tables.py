"""Generated modules: tables of which rule watches for what, where start-up counts."""

from __future__ import annotations

from calico_core.rules import watched

_TABLES = ("calico_migrate.marathon.rule_table", "calico_config.rule_table")
_TABLE = '''\
"""Which rules look at what: generated from their ``WATCHES`` by ``scripts/docs``, held by a test."""

RULES: dict[str, tuple[str, ...]] = {{
{rows}}}
'''


def tables() -> dict[str, str]:
    """The text of each generated module, by its name."""
    return {name: _table(name.rpartition(".")[0] + ".rules") for name in _TABLES}


def _table(package: str) -> str:
    rows = []
    for what, names in watched(package).items():
        listed = ", ".join(f'"{name}"' for name in names) + ("," if len(names) == 1 else "")
        row = f'    "{what}": ({listed}),\n'
        if len(row) > 110:
            row = "".join([f'    "{what}": (\n', *(f'        "{name}",\n' for name in names), "    ),\n"])
        rows.append(row)
    return _TABLE.format(rows="".join(rows))
