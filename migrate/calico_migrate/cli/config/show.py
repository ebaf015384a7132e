"""What ``config show`` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calico_core.exits import ExitCode
from calico_migrate.cli import terminal

if TYPE_CHECKING:
    from calico_config.options import Options
    from calico_migrate.cli.manner import Manner


def run(path: str, site: Options, manner: Manner, *, as_json: bool) -> ExitCode:
    """Shows one file; raises InputError where it holds no settings."""
    from calico_config.facts.facts import Facts
    from calico_config.showing import effective
    from calico_migrate.site import read_config_file

    notes: list[str] = []
    facts = Facts(read_config_file(path, notes), site)
    terminal.show_notes(notes, quiet=manner.quiet)
    if as_json:
        from calico_core.json.printing import printed

        terminal.write(printed(effective.as_json(facts, path), 2) + "\n")
    else:
        paint = terminal.Paint(manner.color)
        lines = (
            line if line.startswith(" ") else paint(line, "bold") for line in effective.as_lines(facts, path)
        )
        paint.write("".join(f"{line}\n" for line in lines))
    return ExitCode.DONE
