"""``calico-migrate policy test``: whether policies allow and deny what is expected of them."""

# No annotations as texts here: Typer reads them at every start, and would have to compile each.
from typing import Annotated

import typer

from calico_migrate.cli.manner import Manner, mannered
from calico_migrate.cli.policy.tests import TestFormat


@mannered
def run_expectations(
    file: Annotated[str, typer.Argument(metavar="FILE", help="The expectations, as YAML or JSON.")],
    format: Annotated[  # noqa: A002
        TestFormat, typer.Option("--format", help="How the results are written.", rich_help_panel="Report")
    ] = TestFormat.TEXT,
    *,
    manner: Manner,
) -> None:
    """Check that the policies allow and deny what is expected of them.

        apps: [services/]

        policies: [policies/]

        expect: [{from: /shop/web, to: /shop/db, port: 5432, verdict: allow}]

    Paths are relative to the file. `config`, `pools`, `agents` and `same_agent` may be given as well.

    Exit codes: 0 all expectations are met; 1 one is not; 2 wrong usage; 3 an input could not be read.
    """
    from calico_migrate.cli.policy import answers as policy_commands

    raise typer.Exit(policy_commands.run_tests(file, format, manner))
