"""``calico-migrate explain``: what a rule or a parameter means, with an example and its source."""

# No annotations as texts here: Typer reads them at every start, and would have to compile each.
import sys
from typing import Annotated

import typer

from calico_migrate.cli.manner import Manner, mannered
from calico_migrate.cli.options import rules_beginning_with


def _names_beginning_with(incomplete: str) -> list[str]:
    from calico_config.parameters import PARAMETERS

    parameters = [each.name for each in PARAMETERS if each.name.startswith(incomplete)]
    return rules_beginning_with(incomplete) + parameters


@mannered
def explain(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="NAME",
            help="A rule, a parameter or a kind of files, or a part of its name; without it, a list of all.",
            autocompletion=_names_beginning_with,
        ),
    ] = None,
    *,
    manner: Manner,
) -> None:
    """Say what a rule or a parameter means, with an example and where the fact comes from.

        calico-migrate explain docker-host-port

        calico-migrate explain vxlan_mtu

    A part of a name will do, in any case; where it fits several, they are listed.
    """
    from calico_migrate.cli import terminal
    from calico_migrate.documentation import explaining

    text = explaining.overview() if name is None else explaining.explain(name)
    if name is not None and sys.stdout.isatty():
        import shutil

        text = explaining.wrapped(text, shutil.get_terminal_size().columns)
    if not terminal.has_color(manner.color, sys.stdout):
        terminal.write(text)
        return
    from rich.text import Text

    console = terminal.console(sys.stdout)
    for number, line in enumerate(text.splitlines()):
        style = "bold" if number == 0 else "cyan" if line.startswith("    ") else ""
        console.print(Text(line, style=style), soft_wrap=True, highlight=False)
