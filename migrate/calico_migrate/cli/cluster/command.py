"""``calico-migrate cluster``: the migration carried out on a live cluster."""

# No annotations as texts here: Typer reads them at every start, and would have to compile each.
from typing import Annotated

import typer

from calico_migrate.cli import options as shared
from calico_migrate.cli.cluster import options
from calico_migrate.cli.cluster.options import Connecting, OnFailure
from calico_migrate.cli.cluster.saying import Voice, speaking
from calico_migrate.cluster.applying.settings import RunSettings


@options.connected
@speaking
def snapshot(
    output: Annotated[
        str,
        typer.Option(
            "--output",
            "-o",
            metavar="DIR",
            callback=shared.named,
            help="The directory to write; absent or empty.",
        ),
    ],
    marathon: options.MarathonOption = None,
    default_network: Annotated[
        str | None,
        typer.Option(
            "--default-network",
            metavar="NAME",
            help="Go on where a Marathon's info is refused; `plan` needs the same.",
        ),
    ] = None,
    *,
    voice: Voice,
    connecting: Connecting,
) -> None:
    """Read the cluster and write what it answered, byte for byte, with a manifest of what could not be read.

    Changes nothing. Without --url the cluster is the one that `dcos` is attached to.

        calico-migrate cluster snapshot -o before

        calico-migrate cluster plan before -o move.plan

    Exit codes: 0 complete; 1 a part could not be read; 2 wrong usage, or DIR is not empty; 3 no cluster or
    token, or the token is refused; 4 the cluster cannot be reached, or a part that is needed is refused; 5
    DIR cannot be written.
    """
    from calico_migrate.cli.cluster.reading import take_snapshot

    services = options.services(marathon) if marathon else None
    raise typer.Exit(take_snapshot(connecting, services, output, default_network, voice))


@options.connected
@speaking
@options.limited
def apply(
    plan: options.PlanArgument,
    item: options.ItemOption = None,
    wave: options.WaveOption = None,
    dry_run: options.DryRunOption = False,
    yes: options.YesOption = False,
    max_in_flight: Annotated[
        int | None,
        typer.Option(
            "--max-in-flight",
            metavar="N",
            min=1,
            help="How many items may be under way at once.  [default: the plan's]",
            show_default=False,
        ),
    ] = None,
    no_preflight: Annotated[
        bool, typer.Option("--no-preflight", help="Do not ask for Calico's health first.")
    ] = False,
    window: Annotated[
        str | None,
        typer.Option(
            "--window", metavar="HH:MM-HH:MM", help="Begin items only then, by this machine's clock."
        ),
    ] = None,
    on_failure: Annotated[
        OnFailure, typer.Option("--on-failure", help="What becomes of an item that failed.")
    ] = OnFailure.PAUSE,
    probe: Annotated[
        str | None,
        typer.Option(
            "--probe",
            metavar="CMD",
            help="A test of one's own for each item: 0 passed, 1 failed, else inconclusive.",
        ),
    ] = None,
    *,
    limits: RunSettings,
    format: shared.AnswerOption = shared.AnswerFormat.TEXT,  # noqa: A002
    voice: Voice,
    connecting: Connecting,
) -> None:
    """Carry a plan out, wave by wave; run it again to go on.

    Each item is looked at freshly, sent once as a whole, and counts as moved only when its tasks run on
    Calico, well and for a while. What was changed since the snapshot is skipped. Everything stands in
    PLAN.journal before it happens, so that a run may end at any moment.

        calico-migrate cluster apply move.plan --dry-run

        calico-migrate cluster apply move.plan

    Ctrl-C once lets what is in flight end, twice leaves at once; `cluster pause` holds a run.

    Exit codes: 0 every selected item is verified; 1 not all, and nothing is broken; 2 wrong usage, another
    cluster, or another run is under way; 3 token, configuration or plan cannot be read; 4 an item failed or
    is unknown, or the cluster cannot be reached; 5 the journal cannot be written; 130 interrupted.
    """
    from calico_migrate.cli.cluster.running import Asked, run

    settings = limits._replace(
        dry_run=dry_run,
        preflight=not no_preflight,
        probe=options.probe(probe),
        window=options.window(window),
        rolls_back=on_failure is OnFailure.ROLLBACK,
    )
    asked = Asked(plan, item or (), wave or (), False, yes, format, voice, max_in_flight)
    raise typer.Exit(run("apply", asked, connecting, settings))


@options.connected
@speaking
@options.limited
def rollback(
    plan: options.PlanArgument,
    item: options.ItemOption = None,
    wave: options.WaveOption = None,
    everything: Annotated[bool, typer.Option("--all", help="Everything that this plan sent.")] = False,
    revert_stuck: Annotated[
        bool,
        typer.Option(
            "--revert-stuck", help="Take back our own deployment where it hangs and locks the item."
        ),
    ] = False,
    three_way: Annotated[
        bool,
        typer.Option(
            "--three-way", help="Keep what others changed since, where the edits can still be undone."
        ),
    ] = False,
    dry_run: options.DryRunOption = False,
    yes: options.YesOption = False,
    *,
    limits: RunSettings,
    format: shared.AnswerOption = shared.AnswerFormat.TEXT,  # noqa: A002
    voice: Voice,
    connecting: Connecting,
) -> None:
    """Take items back to their old network, the last one first, each by its own edits reversed.

    The number of instances stays what it is now. What somebody changed since is refused. Every instance
    restarts once more.

        calico-migrate cluster rollback move.plan --item marathon:/shop/web

    Exit codes: 0 every selected item is as before; 1 not all, and nothing is broken; 2 wrong usage, another
    cluster, or another run is under way; 3 token, configuration or plan cannot be read; 4 an item failed, is
    unknown or is locked by its own roll, or the cluster cannot be reached; 5 the journal cannot be written;
    130 interrupted.
    """
    from calico_migrate.cli.cluster.running import Asked, run

    settings = limits._replace(
        dry_run=dry_run, revert_stuck=revert_stuck, three_way=three_way, preflight=False
    )
    asked = Asked(plan, item or (), wave or (), everything, yes, format, voice)
    raise typer.Exit(run("rollback", asked, connecting, settings))


@options.connected
@speaking
def status(
    plan: Annotated[
        str | None, typer.Argument(metavar="[PLAN]", help="The plan's file, for what became of each item.")
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Exit with 1 while anything is left, or an item needs a look.")
    ] = False,
    watch: Annotated[
        bool, typer.Option("--watch", help="Look again every 10 s, and show what changed, until interrupted.")
    ] = False,
    network_map: shared.MapOption = None,
    pool: options.PoolOption = None,
    marathon: options.MarathonOption = None,
    format: shared.AnswerOption = shared.AnswerFormat.TEXT,  # noqa: A002
    *,
    voice: Voice,
    connecting: Connecting,
) -> None:
    """Show what runs on which network, by Mesos' own task list, and with PLAN what became of each item.

        calico-migrate cluster status

        calico-migrate cluster status move.plan --check

    Exit codes: 0 done; 1 with --check: a task is on an old network or unknown, or an item is reverted,
    failed or unknown; 2 wrong usage, or another cluster than the plan's; 3 token, configuration or plan
    cannot be read; 4 the cluster cannot be reached.
    """
    from calico_core.errors import UsageError
    from calico_migrate.cli.cluster.status import Asked, show_status
    from calico_migrate.network_map import NetworkMap

    if plan is not None and network_map:
        raise UsageError("with PLAN the networks are the plan's: leave --map out")
    names = NetworkMap.parse(network_map or ()).names
    services = options.services(marathon) if marathon else None
    asked = Asked(plan, names, pool or (), services, format, check, watch, voice)
    raise typer.Exit(show_status(asked, connecting))


@options.connected
@speaking
def verify(
    plan: options.PlanArgument,
    item: options.ItemOption = None,
    wave: options.WaveOption = None,
    inside: Annotated[
        bool,
        typer.Option("--exec", help="Test inside containers too: from each item to what it depends on."),
    ] = False,
    yes: options.YesOption = False,
    format: shared.AnswerOption = shared.AnswerFormat.TEXT,  # noqa: A002
    *,
    voice: Voice,
    connecting: Connecting,
) -> None:
    """Look through all gates again at what is done. Without --exec it changes nothing.

        calico-migrate cluster verify move.plan

    Exit codes: 0 everything that is done is still well; 1 something is not certain; 2 wrong usage, or
    another cluster than the plan's; 3 token, configuration or plan cannot be read; 4 a gate failed, or the
    cluster cannot be reached.
    """
    from calico_migrate.cli.cluster.verifying import Asked, verify_done

    asked = Asked(plan, item or (), wave or (), format, inside, yes, voice)
    raise typer.Exit(verify_done(asked, connecting))
