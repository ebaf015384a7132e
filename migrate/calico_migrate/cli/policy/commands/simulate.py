"""``calico-migrate policy simulate``: whether one may reach another."""

# No annotations as texts here: Typer reads them at every start, and would have to compile each.
from typing import Annotated

import typer

from calico_migrate.cli import options as shared
from calico_migrate.cli.manner import Manner, mannered
from calico_migrate.cli.policy import options
from calico_migrate.cli.policy.options import Asked, Known
from calico_migrate.cli.site_files import GivenSite, described


@options.known
@options.asked
@described
@mannered
def simulate(
    *,
    known: Known,
    source: Annotated[
        str | None, typer.Option("--from", metavar="A", help="An app's id or an address.")
    ] = None,
    destination: Annotated[
        str | None,
        typer.Option(
            "--to", metavar="B", help="An app's id, an address, vip:/name:port or vip:1.2.3.4:port."
        ),
    ] = None,
    asked: Asked,
    expect: Annotated[
        str | None,
        typer.Option("--expect", metavar="VERDICT", help="allow or deny: exit with 1 when it is otherwise."),
    ] = None,
    scenario: Annotated[
        str | None,
        typer.Option(
            "--scenario", metavar="FILE", help="A scenario as a JSON object, instead of apps and policies."
        ),
    ] = None,
    site: GivenSite,
    same_agent: options.SameAgentOption = False,
    format: shared.AnswerOption = shared.AnswerFormat.TEXT,  # noqa: A002
    manner: Manner,
) -> None:
    """Answer whether A may reach B, and which rule decides.

        calico-migrate policy simulate --apps services/ --policies policies/ --from /shop/web --to /shop/db

        calico-migrate policy simulate ... --from /shop/web --to vip:/db:5432 --expect allow

        calico-migrate policy simulate ... --from /shop/web --to /shop/db --protocol icmp --icmp-type 8

        calico-migrate policy simulate --bundle bundle.zip --from /shop/web --to /shop/db

    Definitions have no addresses: an app on Calico has some address of its network's pool, anything else
    arrives from its agent's tunnel address or own address. Where that leaves the answer open, or a rule
    names what the question does not, it is `depends`, with the trace of either case.

    Exit codes: 0 answered; 1 --expect is not met; 2 wrong usage, such as an unknown app; 3 an input could
    not be read.
    """
    from calico_migrate.cli.policy import answers as policy_commands

    if expect not in (None, "allow", "deny"):
        raise typer.BadParameter(f"{expect!r} is neither allow nor deny", param_hint="--expect")
    output = policy_commands.Output(format, manner)
    if scenario is not None:
        others = (known, source, destination, asked, site, same_agent)
        if others != (Known(), None, None, Asked(), GivenSite(), False):
            raise typer.BadParameter(
                "it takes the place of all options that say what is asked of which cluster",
                param_hint="--scenario",
            )
        raise typer.Exit(policy_commands.simulate_scenario(scenario, expect, output))
    for name, value in (("--apps", known.apps), ("--policies", known.policies)):
        if not value and known.bundle is None:
            raise typer.BadParameter("is needed, unless --bundle or --scenario is given", param_hint=name)
    for name, side in (("--from", source), ("--to", destination)):
        if not side:
            raise typer.BadParameter("is needed, unless --scenario is given", param_hint=name)
    site.require_one_standard_input(apps=known.apps, policies=known.policies)
    inputs = policy_commands.Inputs(known, site.files, same_agent)
    question = policy_commands.Question(source or "", destination or "", asked.traffic())
    raise typer.Exit(policy_commands.simulate(inputs, question, expect, output))
