"""``calico-migrate survey``: what still names an old network, whose it is, what moves it, how far we are."""

# No annotations as texts here: Typer reads them at every start, and would have to compile each.
from enum import Enum
from typing import Annotated

import typer

from calico_migrate.cli import options as shared
from calico_migrate.cli.reporting import ReportOptions, reporting

_REPORT = "Report"


class By(str, Enum):
    """What the table has a row for."""

    OWNER = "owner"
    DIRECTORY = "directory"
    KIND = "kind"


@reporting
def survey(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH...", help="Files and directories, whatever is in them.")
    ],
    network_map: shared.MapOption = None,
    default_network: shared.DefaultNetworkOption = None,
    check: Annotated[
        bool,
        typer.Option("--check", help="Exit with 1 while anything is to move, by hand, or running."),
    ] = False,
    by: Annotated[By, typer.Option("--by", help="What the table has a row for.")] = By.OWNER,
    team_label: Annotated[
        str | None,
        typer.Option("--team-label", metavar="KEY", help="The label of an app that says whose it is."),
    ] = None,
    owners: Annotated[
        str | None,
        typer.Option(
            "--owners", metavar="CODEOWNERS", help="Who owns which files, where it is not at its usual place."
        ),
    ] = None,
    before: Annotated[
        str | None,
        typer.Option("--before", metavar="FILE", help="An earlier JSON report: say what changed since."),
    ] = None,
    mentions: Annotated[
        bool, typer.Option("--mentions", help="List where the word stands without a network around it.")
    ] = False,
    gitignore: Annotated[bool, typer.Option("--gitignore", help="Pass over what .gitignore names.")] = False,
    html: Annotated[
        str | None, typer.Option("--html", metavar="FILE", help="Write a page too.", rich_help_panel=_REPORT)
    ] = None,
    csv: Annotated[
        str | None, typer.Option("--csv", metavar="FILE", help="Write a table too.", rich_help_panel=_REPORT)
    ] = None,
    *,
    report: ReportOptions,
) -> None:
    """Name every place in a tree of any files that still names an old network.

    Every file is looked at: definitions and packages by the commands that move them, everything else by what
    stands around the name. Each place has a state: `to-move` (a command moves it, and which), `by-hand`,
    `running` (a service keeps it), `depends` (it breaks or changes when others move), `done`. A table says
    for each owner how far the migration is.

        calico-migrate survey .

        calico-migrate survey --format json . > survey.json

        calico-migrate survey --before last-week.json --html progress.html .

    Exit codes: 0 done; 1 --check, and something is left; 2 wrong usage; 3 a file could not be read;
    5 an output could not be written.
    """
    from calico_migrate.cli import surveying

    wanted = surveying.Wanted(
        paths, report.networks(network_map, default_network), check, by.value, team_label, owners, before,
        mentions, gitignore, html, csv,
    )  # fmt: skip
    raise typer.Exit(surveying.run(wanted, report))
