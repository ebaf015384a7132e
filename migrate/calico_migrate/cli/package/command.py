"""``calico-migrate package``: rewrites service specifications, packages and options, and builds releases."""

# No annotations as texts here: Typer reads them at every start, and would have to compile each.
from typing import Annotated

import typer

from calico_migrate.cli import options as shared
from calico_migrate.cli.destined import destined
from calico_migrate.cli.reporting import ReportOptions, rewriting
from calico_migrate.rewriting.destinations import Destination

_PACKAGES = "Packages"
_RELEASE = "Release"
_RENDER = "Render"


@rewriting
@destined
def package(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH...",
            help="A svc.yml, a package or source directory, a Universe, a repository or options file, or -.",
        ),
    ],
    *,
    destination: Destination,
    network_map: shared.MapOption = None,
    options_dir: Annotated[
        str | None,
        typer.Option(
            "--options-dir",
            metavar="DIR",
            callback=shared.named,
            help="Write the options that running services must be given, a file for each package.",
            rich_help_panel=_PACKAGES,
        ),
    ] = None,
    jobs: Annotated[
        int,
        typer.Option("--jobs", "-j", min=1, help="How many processes work.", rich_help_panel=_PACKAGES),
    ] = 1,
    release: Annotated[
        bool,
        typer.Option(
            "--release",
            help="Build the next release of each package that needs an edit.",
            rich_help_panel=_RELEASE,
        ),
    ] = False,
    suffix: Annotated[
        str | None,
        typer.Option(
            metavar="TEXT",
            help="What the new version has behind the old one.  [default: -calico.1]",
            show_default=False,
            rich_help_panel=_RELEASE,
        ),
    ] = None,
    from_release: Annotated[
        int | None,
        typer.Option(
            "--from",
            metavar="N",
            min=0,
            help="Build from release N instead of the newest.",
            rich_help_panel=_RELEASE,
        ),
    ] = None,
    repository: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            help="Also write the new releases as a repository file that a cluster can add.",
            rich_help_panel=_RELEASE,
        ),
    ] = None,
    render: Annotated[
        bool,
        typer.Option(
            "--render",
            help="Print what the package manager or the SDK makes of PATH; change nothing.",
            rich_help_panel=_RENDER,
        ),
    ] = False,
    options: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="--render: the user's options.", rich_help_panel=_RENDER),
    ] = None,
    env: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            help="--render: a JSON object with the scheduler's environment.",
            rich_help_panel=_RENDER,
        ),
    ] = None,
    skip_unknown: shared.SkipUnknownOption = False,
    report: ReportOptions,
) -> None:
    """Move packages and service specifications to the calico network, and build their new releases.

    What PATH is shows in its content: one file, one package directory, a framework's source tree, a whole
    Universe, a repository file, an options file. Each package is rendered before and after its edits, under
    every setting that matters, by two renderers; nothing is written that this does not prove.

        calico-migrate package svc.yml > calico-svc.yml         one file, to standard output

        calico-migrate package --check frameworks/hello/        what would change, for a pipeline

        calico-migrate package -w frameworks/hello/             rewrite a source tree in place

    Running services keep the options that they were installed with: give them the new ones.

        calico-migrate package --options-dir overlays/ universe/

    A new release of each package of a Universe, and a repository file to add to a cluster:

        calico-migrate package --release -o new/ --repository calico.json universe/

    What the package manager would send to Marathon, or what the SDK would read:

        calico-migrate package --render universe/repo/packages/H/hello/3 --options my-options.json

    Exit codes: 0 done; 1 findings from --fail-on on, or --check found something to change; 2 wrong usage;
    3 an input could not be read; 5 an output could not be written or a proof failed.
    """
    from calico_core.errors import UsageError

    networks = report.networks(network_map)
    if not release and (suffix is not None or from_release is not None or repository is not None):
        raise UsageError("--suffix, --from and --repository go with --release")
    if not render and (options is not None or env is not None):
        raise UsageError("--options and --env go with --render")
    if render:
        if release or options_dir is not None or destination._replace(output=None) != Destination():
            raise UsageError("--render only prints: it goes with --options, --env and -o alone")
        from calico_migrate.cli.package.render import print_rendering

        raise typer.Exit(print_rendering(paths, options, env, destination.output))
    if release:
        from calico_migrate.cli.package.release import run
        from calico_migrate.package.release.fields import VERSION
        from calico_migrate.package.release.planning import ReleaseSettings

        if suffix is not None and VERSION.fullmatch(suffix) is None:
            raise UsageError(f"--suffix {suffix}: a version has only letters, digits, '.' and '-'")
        settings = ReleaseSettings(networks, suffix if suffix is not None else "-calico.1", from_release)
        raise typer.Exit(
            run(paths, destination, report, settings, repository, options_dir, skip_unknown=skip_unknown)
        )
    from calico_migrate.cli.package.rewrite import rewrite

    raise typer.Exit(
        rewrite(paths, destination, report, networks, options_dir, jobs=jobs, skip_unknown=skip_unknown)
    )
