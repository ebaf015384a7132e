"""The options that say where the result of a rewriting command goes, as one value."""

# No annotations as texts here: Typer reads them at every start, and would have to compile each.
from calico_migrate.cli.options import CheckOption, DiffOption, OutputOption, RedactOption, WriteOption
from calico_migrate.cli.together import together
from calico_migrate.rewriting.destinations import Destination


def _destination(
    check: CheckOption = False,
    diff: DiffOption = False,
    redact: RedactOption = False,
    write: WriteOption = False,
    output: OutputOption = None,
) -> Destination:
    return Destination(write, output, diff, check, redact)


destined = together("destination", _destination)
"""A command with these options, in the place of its parameter ``destination``."""
