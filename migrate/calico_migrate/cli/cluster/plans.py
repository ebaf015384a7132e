"""``cluster plan``, ``show``, ``pause`` and ``resume``: the commands that need no connection."""

# No annotations as texts here: Typer reads them at every start, and would have to compile each.
from typing import Annotated

import typer

from calico_migrate.cli import options as shared
from calico_migrate.cli.cluster import options
from calico_migrate.cli.cluster.options import Allow, PlanFormat
from calico_migrate.cli.cluster.saying import Voice, speaking
from calico_migrate.cli.reporting import FailOn, FailOnOption


@speaking
def plan(
    directory: Annotated[str, typer.Argument(metavar="DIR", help="The snapshot.")],
    output: Annotated[str, typer.Option("--output", "-o", metavar="PLAN", help="The plan's file.")],
    network_map: shared.MapOption = None,
    default_network: Annotated[
        str | None,
        typer.Option(
            "--default-network",
            metavar="NAME",
            help="What a network without a name stands for.  [default: the cluster's own word]",
            show_default=False,
        ),
    ] = None,
    pool: options.PoolOption = None,
    network: Annotated[
        str | None,
        typer.Option(
            "--network",
            metavar="DIR",
            help="Take the new network and its addresses from what `network generate` wrote.",
        ),
    ] = None,
    policies: Annotated[
        list[str] | None,
        typer.Option(
            "--policies",
            metavar="PATH",
            help="Name these policies in the plan, to be applied when all is moved; repeatable.",
        ),
    ] = None,
    allow: Annotated[
        list[Allow] | None,
        typer.Option("--allow", help="Take on what is else left by hand; repeatable.", show_default=False),
    ] = None,
    include: Annotated[
        list[str] | None,
        typer.Option("--include", metavar="GLOB", help="Only items whose id matches; repeatable."),
    ] = None,
    exclude: Annotated[
        list[str] | None,
        typer.Option("--exclude", metavar="GLOB", help="No items whose id matches; repeatable, and wins."),
    ] = None,
    canary: Annotated[
        str,
        typer.Option("--canary", metavar="N|none", help="How many items go first, before a pause."),
    ] = "1",
    max_in_flight: Annotated[
        int,
        typer.Option("--max-in-flight", metavar="N", min=1, help="How many items may be under way at once."),
    ] = 1,
    team_label: Annotated[
        str | None,
        typer.Option(
            "--team-label",
            metavar="KEY",
            help="The label that names the team, instead of the id's first part.",
        ),
    ] = None,
    max_unavailable: Annotated[
        str | None,
        typer.Option(
            "--max-unavailable",
            metavar="P%",
            help="Leave by hand what stops more than this share of its instances at once.",
        ),
    ] = None,
    order: Annotated[
        str | None,
        typer.Option(
            "--order",
            metavar="FILE",
            help="Start these items first inside their wave: an id a line, with # comments.",
        ),
    ] = None,
    diff: Annotated[
        bool, typer.Option("--diff", help="Show what each item becomes, without secrets.")
    ] = False,
    html: Annotated[
        str | None, typer.Option("--html", metavar="FILE", help="Write the plan as a page too.")
    ] = None,
    format: Annotated[  # noqa: A002
        PlanFormat, typer.Option("--format", help="Report what stays by hand in this format.")
    ] = PlanFormat.TEXT,
    fail_on: FailOnOption = FailOn.ERROR,
    *,
    voice: Voice,
) -> None:
    """Plan the migration from a snapshot, without any connection.

    The same snapshot and options give the same bytes, so that a plan can be reviewed and merged. Items come
    in waves: a canary, then what has no virtual address, what has one, and what is bound to its place.

        calico-migrate cluster plan before -o move.plan

        calico-migrate cluster show move.plan

    Exit codes: 0 done; 1 the plan is written, and something stays by hand or was not read (`--fail-on
    never`: 0); 2 wrong usage; 3 the snapshot cannot be read, or is not what was written; 5 the plan cannot
    be written.
    """
    from calico_core.errors import UsageError
    from calico_migrate._version import __version__
    from calico_migrate.cli.cluster.planning import Shown, make_plan
    from calico_migrate.cluster.planning.building import PlanSettings
    from calico_migrate.cluster.planning.counts import canary_count, share
    from calico_migrate.cluster.pools import Pools
    from calico_migrate.network_map import NetworkMap, is_network_name

    references: tuple[str, ...] = ()
    if network is not None:
        from calico_migrate.cli.cluster.planning import generated

        if network_map or pool:
            raise UsageError("--network says what --map and --pool would say: leave them out")
        name, cidr = generated(network)
        network_map, pool, references = [f"dcos={name}"], [cidr], (name,)
    if default_network is not None and not is_network_name(default_network):
        raise UsageError("--default-network: Marathon has no network with such a name")
    named: tuple[str, ...] = ()
    if policies:
        from calico_migrate.policy.cluster.loading import policy_names

        named = policy_names(policies)
    wished = None
    if order is not None:
        from calico_core import sources
        from calico_migrate.cluster.planning.ordering import Order

        wished = Order.parse(sources.read(order).text, order)
    settings = PlanSettings(
        NetworkMap.parse(network_map or ()).names,
        default_network,
        Pools.parse(pool or ()),
        [each.value for each in allow or ()],
        include or (),
        exclude or (),
        canary_count(canary),
        max_in_flight,
        __version__,
        team_label,
        share(max_unavailable),
        references,
        named,
        wished,
    )
    raise typer.Exit(make_plan(directory, output, settings, fail_on, Shown(diff, html, format, voice)))


@speaking
def show(plan: options.PlanArgument, *, voice: Voice) -> None:
    """Show a plan to people: waves, risks, edits, what stays by hand, and the journal's states.

        calico-migrate cluster show move.plan

    Exit codes: 0 done; 3 the plan or its journal cannot be read.
    """
    from calico_migrate.cli.cluster.planning import show_plan

    raise typer.Exit(show_plan(plan, voice))


@speaking
def pause(plan: options.PlanArgument, *, voice: Voice) -> None:
    """Let a run begin nothing new: makes PLAN.pause. What is in flight is followed to its end.

        calico-migrate cluster pause move.plan

    Exit codes: 0 done; 3 the plan cannot be read; 5 the file cannot be made.
    """
    from calico_migrate.cli.cluster import planning

    raise typer.Exit(planning.pause(plan, voice))


@speaking
def resume(plan: options.PlanArgument, *, voice: Voice) -> None:
    """Let runs go on: removes PLAN.pause.

        calico-migrate cluster resume move.plan

    Exit codes: 0 done; 3 the plan cannot be read; 5 the file cannot be removed.
    """
    from calico_migrate.cli.cluster import planning

    raise typer.Exit(planning.resume(plan, voice))
