"""``calico-migrate marathon``: rewrites Marathon apps, pods and groups, jobs, and Edge-LB pools."""

# No annotations as texts here: Typer reads them at every start, and would have to compile each.
from typing import Annotated

import typer

from calico_migrate.cli import options as shared
from calico_migrate.cli.destined import destined
from calico_migrate.cli.reporting import ReportOptions, rewriting
from calico_migrate.marathon.languages import Language, is_wanted
from calico_migrate.rewriting.destinations import Destination

_DEFINITIONS = "Definitions"


@rewriting
@destined
def marathon(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH...", help="Files, directories (JSON and YAML), or - for standard input."
        ),
    ],
    *,
    destination: Destination,
    network_map: shared.MapOption = None,
    default_network: shared.DefaultNetworkOption = None,
    for_update: Annotated[
        bool,
        typer.Option(
            "--for-update",
            help="One app or pod from Marathon's API, ready to be sent back as a whole.",
            rich_help_panel=_DEFINITIONS,
        ),
    ] = False,
    move_labels: Annotated[
        bool,
        typer.Option(
            "--move-labels",
            help="Put policy labels where the container's runtime reads them.",
            rich_help_panel=_DEFINITIONS,
        ),
    ] = False,
    only: Annotated[
        Language | None,
        typer.Option(
            "--only",
            help="Open only files of one language in directories.",
            rich_help_panel=_DEFINITIONS,
        ),
    ] = None,
    skip_unknown: shared.SkipUnknownOption = False,
    report: ReportOptions,
) -> None:
    """Move Marathon apps, pods and groups, jobs and Edge-LB pools to the calico network.

    The document comes back byte for byte, with exactly the network names
    changed that have to change; what a human still has to look at is said on
    standard error.

        calico-migrate marathon app.json > new.json    one file

        calico-migrate marathon --check services/      for a pipeline

        calico-migrate marathon -w services/           rewrite in place

    For a running app, read it from Marathon's API and send the whole
    definition back. Never send `networks` alone: Marathon would drop the
    container. And do not start from `dcos marathon app show`, which leaves
    fields out.

        URL=$(dcos config show core.dcos_url)/service/marathon/v2/apps/web

        curl ... $URL > app.json

        calico-migrate marathon --for-update app.json -o new.json &&
          dcos marathon app update /web < new.json

    Exit codes: 0 done; 1 findings from --fail-on on, or --check found
    something to change; 2 wrong usage; 3 an input could not be read; 5 an
    output could not be written or did not pass the tool's own check; 6
    --for-update found nothing to change, and printed nothing.
    """
    from calico_migrate.cli.rewrite import Run
    from calico_migrate.marathon import files
    from calico_migrate.marathon.result import Options

    only_told = destination.check and not destination.diff
    settings = files.Settings(
        Options(report.networks(network_map, default_network), move_labels, for_update),
        skip_unknown,
        prove=not only_told or for_update,
        build=not (destination.check or destination.diff) or for_update,
        place=(only_told and not report.quiet) or report.needs_places,
        errors_only=report.errors_only,
    )
    run = Run(
        destination,
        report,
        lambda inputs: files.process(inputs, settings),
        withhold=for_update,
        nothing_found=None if skip_unknown else "no definition found",
    )
    raise typer.Exit(run.over(paths, lambda name: is_wanted(name, only)))
