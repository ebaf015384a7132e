"""``calico-migrate diagnose``: judges diagnostics bundles."""

# No annotations as texts here: Typer reads them at every start, and would have to compile each.
from typing import Annotated

import typer

from calico_migrate.cli.reporting import ReportOptions, reporting


@reporting
def diagnose(
    bundles: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="BUNDLE...", help="Zips of `dcos diagnostics`, of one node, or extracted directories."
        ),
    ] = None,
    collector: Annotated[
        bool,
        typer.Option(
            "--collector", help="Print a read-only script that collects what no bundle has, for one node."
        ),
    ] = False,
    html: Annotated[
        str | None,
        typer.Option("--html", metavar="FILE", help="Write a page with everything, for one bundle."),
    ] = None,
    strict: Annotated[
        bool,
        typer.Option("--strict", help="Exit with 1 when something is undecided.", rich_help_panel="Report"),
    ] = False,
    jobs: Annotated[
        int | None,
        typer.Option(
            "--jobs", metavar="N", min=1, help="Processes for large logs.  [default: as processors]"
        ),
    ] = None,
    anonymise: Annotated[
        bool,
        typer.Option("--anonymise", help="Put made-up addresses and names in the place of real ones."),
    ] = False,
    *,
    report: ReportOptions,
) -> None:
    """Judge a DC/OS diagnostics bundle: is Calico broken, where, since when, why, and what to do.

        calico-migrate diagnose bundle.zip

        calico-migrate diagnose bundle.zip --html bundle.html --format json > bundle.json

        calico-migrate diagnose --collector | ssh core@10.0.1.21 sudo sh > 10.0.1.21.tar.gz

    Offline and in one pass; nothing is extracted or changed. What cannot be judged, because its files are
    missing, is undecided and never called healthy. Also shows how far the migration is.

    Exit codes: 0 no finding from --fail-on on; 1 there is one, or --strict and something is undecided;
    2 wrong usage; 3 a BUNDLE is none or cannot be read; 5 the page could not be written.
    """
    from calico_core.errors import UsageError
    from calico_migrate.cli import diagnose_report

    if collector:
        if bundles:
            raise UsageError("--collector prints a script and takes no bundle")
        diagnose_report.print_collector()
        return
    if not bundles:
        raise UsageError("name a bundle: a zip that `dcos diagnostics download` saved, or a directory")
    if "-" in bundles:
        raise UsageError("diagnose reads files and directories; save the bundle and name it instead of -")
    raise typer.Exit(
        diagnose_report.run(bundles, report, html=html, strict=strict, jobs=jobs, anonymise=anonymise)
    )
