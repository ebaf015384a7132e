"""``calico-migrate config``: checks a DC/OS config.yaml, shows what it means, suggests a free network."""

# No annotations as texts here: Typer reads them at every start, and would have to compile each.
from typing import Annotated

import typer

from calico_migrate.cli.config.site import Site, VersionOption, sited
from calico_migrate.cli.manner import Manner, mannered
from calico_migrate.cli.options import SITE, AnswerFormat, AnswerOption, RedactOption
from calico_migrate.cli.reporting import ReportOptions, reporting

GenconfOption = Annotated[
    str | None,
    typer.Option(
        "--genconf",
        metavar="DIR",
        help="A real genconf directory, for the installer's verdict.",
        rich_help_panel=SITE,
    ),
]


@reporting
@sited
def check(
    files: Annotated[
        list[str], typer.Argument(metavar="FILE...", help="config.yaml files, or - for standard input.")
    ],
    *,
    site: Site,
    genconf: GenconfOption = None,
    html: Annotated[
        str | None,
        typer.Option("--html", metavar="FILE", help="Draw the address space as a page of its own."),
    ] = None,
    report: ReportOptions,
) -> None:
    """Find everything that will not work, in one pass, before DC/OS is installed.

    Says two things side by side: what the DC/OS installer itself will say of the file, and whether Calico
    and the overlay will work with it. On a terminal a picture shows who has which addresses.

        calico-migrate config check genconf/config.yaml

        calico-migrate config check config.yaml --nodes 40 --tasks 2000 --reserved 10.0.0.0/8=office

        calico-migrate config check config.yaml --cloud aws --html address-space.html

    Exit codes: 0 nothing from --fail-on on; 1 findings from --fail-on on; 2 wrong usage; 3 a file could not
    be read, is not YAML, or holds no settings; 5 the page could not be written.
    """
    from calico_migrate.cli.config import check as config_check
    from calico_migrate.site import require_one_standard_input

    require_one_standard_input(FILE=files, agents=site.agents, pools=site.pools)
    code = config_check.run(files, site.options(quiet=report.quiet), genconf, html, report)
    raise typer.Exit(code)


@mannered
def show(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A config.yaml, or - for standard input.")],
    dcos_version: VersionOption = None,
    *,
    format: AnswerOption = AnswerFormat.TEXT,  # noqa: A002
    manner: Manner,
) -> None:
    """Show every effective value, where it comes from, what it becomes on a node, and the ports to open.

        calico-migrate config show config.yaml

        calico-migrate config show --format json --dcos-version 2.1.0 config.yaml

    Exit codes: 0 done; 2 wrong usage; 3 the file could not be read or holds no settings.
    """
    from calico_migrate.cli.config import show as config_show

    site = Site(dcos_version).options(quiet=manner.quiet)
    raise typer.Exit(config_show.run(file, site, manner, as_json=format is AnswerFormat.JSON))


@sited
@mannered
def suggest(
    file: Annotated[
        str | None,
        typer.Argument(
            metavar="[FILE]", help="A config.yaml, or - for standard input.  [default: DC/OS' defaults]"
        ),
    ] = None,
    write: Annotated[
        bool,
        typer.Option("--write", "-w", help="Set the values in FILE; every other byte stays."),
    ] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Show what --write would change.")] = False,
    redact: RedactOption = False,
    *,
    site: Site,
    format: AnswerOption = AnswerFormat.TEXT,  # noqa: A002
    manner: Manner,
) -> None:
    """Suggest a free network for Calico and MTUs that fit, with reasons and alternatives.

    From RFC 1918, then 100.64.0.0/10: the smallest network with four times the blocks that the nodes and
    tasks need, at least a /16 where one is free, away from everything that is known.

        calico-migrate config suggest --nodes 40 --tasks 2000 --reserved 10.0.0.0/8=office

        calico-migrate config suggest config.yaml --cloud gce --write

    Exit codes: 0 done; 1 nothing is free; 2 wrong usage; 3 the file could not be read; 5 it could not be
    written.
    """
    from calico_migrate.cli.config import suggest as config_suggest
    from calico_migrate.site import require_one_standard_input

    if write and diff:
        raise typer.BadParameter("--diff writes nothing; leave out one of the two", param_hint="--write")
    if redact and not diff:
        raise typer.BadParameter("it blots secrets out of diffs; it goes with --diff", param_hint="--redact")
    if (write or diff) and (file is None or (write and file == "-")):
        raise typer.BadParameter("there is no file to change", param_hint="--write" if write else "--diff")
    require_one_standard_input(FILE=file, agents=site.agents, pools=site.pools)
    options = site.options(quiet=manner.quiet)
    answer = config_suggest.Answering(write, diff, redact, format is AnswerFormat.JSON, manner)
    raise typer.Exit(config_suggest.run(file, options, answer))
