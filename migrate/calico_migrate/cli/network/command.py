"""``calico-migrate network``: generates a network's files, runs its scripts, verifies the result."""

# No annotations as texts here: Typer reads them at every start, and would have to compile each.
import sys
from typing import Annotated

import typer

from calico_migrate.cli import options as shared
from calico_migrate.cli.network.options import DirectoryArgument, Mode, Reaching, reached
from calico_migrate.cli.reporting import Format, ReportOptions, reporting
from calico_migrate.cli.site_files import GivenSite, described


@reporting
@described
def generate(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The network's name, and its pool's.")],
    cidr: Annotated[
        str, typer.Option("--cidr", metavar="CIDR", help="The addresses of the network, such as 10.1.0.0/16.")
    ],
    output_dir: Annotated[
        str,
        typer.Option(
            "--output-dir",
            metavar="DIR",
            callback=shared.named,
            help="The directory to write; it must not exist yet.",
        ),
    ],
    profile: Annotated[
        str,
        typer.Option(
            "--profile",
            metavar="PROFILE",
            help="The profile of Docker's containers; one that exists, such as calico, is only used."
            "  [default: NAME]",
            show_default=False,
        ),
    ] = "",
    create_on: Annotated[
        str,
        typer.Option(
            "--create-on",
            metavar="AGENT",
            help="The agent that creates the network.  [default: the first]",
            show_default=False,
        ),
    ] = "",
    mode: Annotated[
        Mode | None,
        typer.Option(
            "--mode",
            help="The cluster's encapsulation.  [default: that of --pools or --config, else vxlan]",
            show_default=False,
        ),
    ] = None,
    block_size: Annotated[
        int,
        typer.Option("--block-size", metavar="PREFIX", help="Prefix length of the blocks that nodes take."),
    ] = 26,
    isolated: Annotated[
        bool, typer.Option("--isolated", help="Let in only what comes from endpoints of this network.")
    ] = False,
    shared_pool: Annotated[
        bool, typer.Option("--shared-pool", help="Let other workloads get addresses of this pool too.")
    ] = False,
    force: Annotated[
        bool, typer.Option("--force", help="Write into a directory that exists; its journal is kept.")
    ] = False,
    *,
    site: GivenSite,
    report: ReportOptions,
) -> None:
    """Write the pool, the profile and the scripts of a Calico network, and a README with every step.

    The scripts are safe to run on every agent, again and again, also at the same moment: one agent creates
    the network, all others wait for it and compare it with what it must be.

        dcos node list --json > nodes.json && dcos calico get ippool -o json > pools.json

        calico-migrate network generate web --cidr 10.1.0.0/16 --agents nodes.json --pools pools.json \
            --output-dir web

    Then read web/README.md. Nothing is written while anything speaks against it.

    Exit codes: 0 done; 1 findings from --fail-on on; 2 wrong usage, or the directory
    exists; 3 an input could not be read; 5 the directory cannot be written.
    """
    from calico_migrate.cli.network.generating import write_network
    from calico_migrate.cli.terminal import show_notes
    from calico_migrate.network.settings import GenerationSettings
    from calico_migrate.site import read_site

    site.require_one_standard_input()
    found = read_site(site.files)
    show_notes(found.notes, quiet=report.quiet)
    settings = GenerationSettings(
        name=name,
        cidr=cidr,
        profile=profile,
        mode=mode.value if mode is not None else None,
        block_size=block_size,
        isolated=isolated,
        shared_pool=shared_pool,
        agents=tuple(agent.name for agent in found.agents),
        create_on=create_on,
        pools=found.pools or (),
        configuration=found.facts,
    )
    raise typer.Exit(write_network(settings, output_dir, report, force=force))


@reporting
@reached
def run(
    directory: DirectoryArgument,
    resume: Annotated[
        bool,
        typer.Option("--resume", help="Go on after an earlier run: leave out the agents that are right."),
    ] = False,
    *,
    reaching: Reaching,
    report: ReportOptions,
) -> None:
    """Run the scripts on the agents over ssh: first on the one that creates, then on all others at once.

    Users, keys, jump hosts and host keys are those of your own ssh configuration; nothing is asked. Log in
    as root, or as somebody who may `sudo -n`. What became of each agent stands in DIR/run-journal.json.
    An agent whose script did not end with its own last line is unknown, whatever the exit code was.

        calico-migrate network run web

        calico-migrate network run web --resume                 after something was put right

    For more agents than ssh from one machine can serve there is web/playbook.yml.

    Exit codes: 0 every agent is known to be right; 1 one has something else; 2 wrong usage; 3 DIR is not
    what `network generate` makes; 4 a step failed or an agent is unknown; 5 the journal cannot be written;
    130 interrupted.
    """
    from calico_core.exits import ExitCode, strongest
    from calico_core.report import Report
    from calico_migrate.cli import output, terminal
    from calico_migrate.cli.network.output import Progress
    from calico_migrate.network.generated import load
    from calico_migrate.network.running import reporting as run_reports
    from calico_migrate.network.running import running

    settings = reaching.settings()
    loaded = load(directory, complete=True)
    with Progress(len(loaded.promise.agents), report) as progress:
        result = running.run(loaded, settings, resume=resume, report=progress.show)
    reports = report.settled(Report(run_reports.reports_of_run(result.outcomes)))
    codes = [reports.exit_code(report.fail_on.severity)]
    if report.format is not Format.TEXT:
        output.show_report(reports, report)
    elif not report.quiet:
        for line in run_reports.summary(result.outcomes, len(result.skipped)):
            terminal.write(line + "\n")
    if result.interrupted:
        codes.append(ExitCode.INTERRUPTED)
    if result.unwritten is not None:
        terminal.write(f"calico-migrate: {result.unwritten}; the journal is behind\n", sys.stderr)
        codes.append(ExitCode.UNWRITTEN)
    code = strongest(codes)
    if code is not ExitCode.DONE and not report.quiet:
        terminal.write(
            f"calico-migrate network run {directory} --resume looks again at all agents that are not right\n",
            sys.stderr,
        )
    raise typer.Exit(code)


@reporting
@reached
def verify(
    directory: DirectoryArgument,
    inspect: Annotated[
        str | None,
        typer.Option(
            "--inspect",
            metavar="DIR2",
            help="A directory with AGENT.json of each agent:"
            " `docker network inspect $(docker network ls -q)`.",
        ),
    ] = None,
    pools: shared.PoolsOption = None,
    profiles: Annotated[
        str | None, typer.Option("--profiles", metavar="FILE", help="`calicoctl get profile -o json|yaml`.")
    ] = None,
    bundle: Annotated[
        list[str] | None,
        typer.Option(
            "--bundle",
            metavar="BUNDLE",
            help="A diagnostics bundle (pools, profiles), or what `diagnose --collector` made of a node;"
            " repeatable.",
        ),
    ] = None,
    live: Annotated[bool, typer.Option("--live", help="Ask the agents themselves, over ssh.")] = False,
    *,
    reaching: Reaching,
    report: ReportOptions,
) -> None:
    """Compare what the agents have with what DIR/network.json promises; nothing is changed.

    Either from files that were collected, or from the agents themselves with --live.

        calico-migrate network verify web --inspect collected --pools pools.json --profiles profiles.json

        calico-migrate network verify web --bundle bundle.zip --bundle 10.0.1.21.tar.gz

        calico-migrate network verify web --live

    Exit codes: 0 everything is as promised; 1 something differs; 2 wrong usage; 3 a collected file cannot
    be read; 4 a live agent gave no answer; 130 interrupted.
    """
    from calico_core.errors import UsageError
    from calico_core.exits import ExitCode, strongest
    from calico_migrate.cli.network.output import Progress, show_differences
    from calico_migrate.cli.terminal import show_notes
    from calico_migrate.network.generated import load
    from calico_migrate.network.verifying import collected
    from calico_migrate.network.verifying import live as live_cluster
    from calico_migrate.site import require_one_standard_input

    files = (inspect, pools, profiles)
    if live and (bundle or any(path is not None for path in files)):
        raise UsageError(
            "--live asks the agents; it goes without --inspect, --pools, --profiles and --bundle"
        )
    if bundle and any(path is not None for path in files):
        raise UsageError("--bundle takes the place of --inspect, --pools and --profiles")
    if not live and not bundle and all(path is None for path in files):
        raise UsageError(
            "nothing to compare: give --inspect, --pools, --profiles or --bundle with what was collected,"
            " or --live"
        )
    loaded = load(directory, complete=live)
    if live:
        settings = reaching.settings()
        with Progress(len(loaded.promise.agents), report, lines=False) as progress:
            reports, interrupted = live_cluster.verify(loaded, settings, progress.show)
        code = show_differences(reports, report)
        raise typer.Exit(strongest([code, ExitCode.INTERRUPTED]) if interrupted else code)
    require_one_standard_input(pools=pools, profiles=profiles)
    notes: list[str] = []
    if bundle:
        from calico_migrate.diagnose.taking import take_networks

        reports = collected.verify_texts(loaded, collected.Texts(*take_networks(bundle, notes)))
        show_notes(notes, quiet=report.quiet)
        raise typer.Exit(show_differences(reports, report))
    reports = collected.verify(loaded, collected.Collected(inspect, pools, profiles), notes)
    show_notes(notes, quiet=report.quiet)
    raise typer.Exit(show_differences(reports, report))
