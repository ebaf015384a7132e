"""How much a command says, and whether in colour: two options as one value."""

# No annotations as texts here: Typer reads them at every start, and would have to compile each.
from typing import NamedTuple

from calico_migrate.cli.options import Color, ColorOption, QuietOption
from calico_migrate.cli.together import together


class Manner(NamedTuple):
    """The options, as they are given."""

    quiet: QuietOption = False
    color: ColorOption = Color.AUTO


mannered = together("manner", Manner)
"""A command with these options, in the place of its parameter ``manner``."""
