"""``calico-migrate policy matrix``: who may reach whom, for all pairs."""

# No annotations as texts here: Typer reads them at every start, and would have to compile each.
from typing import Annotated

import typer

from calico_migrate.cli import options as shared
from calico_migrate.cli.manner import Manner, mannered
from calico_migrate.cli.policy import options
from calico_migrate.cli.policy.options import Asked, Known
from calico_migrate.cli.site_files import GivenSite, described


@options.known
@options.asked_of_every_port
@described
@mannered
def matrix(
    *,
    known: Known,
    before: Annotated[
        list[str] | None,
        typer.Option("--before", metavar="PATH", help="The earlier policies: show what changes; repeatable."),
    ] = None,
    port: options.PortsOption = None,
    asked: Asked,
    opened: Annotated[
        list[str] | None,
        typer.Option("--open", metavar="APP", help="Open an app's group: its members and ports; repeatable."),
    ] = None,
    html: Annotated[
        str | None,
        typer.Option(
            "--html", metavar="FILE", help="Write a page with a matrix and a graph (-: standard output)."
        ),
    ] = None,
    site: GivenSite,
    same_agent: options.SameAgentOption = False,
    format: shared.AnswerOption = shared.AnswerFormat.TEXT,  # noqa: A002
    manner: Manner,
) -> None:
    """Show who may reach whom, for all pairs of apps.

        calico-migrate policy matrix --apps services/ --policies policies/ --html reach.html

        calico-migrate policy matrix --apps services/ --policies new/ --before policies/

        calico-migrate policy matrix --bundle bundle.zip --html reach.html

    Apps that no policy tells apart are one group. A cell says which of the target's declared ports are
    allowed: all, some, none, or that it depends on what is not known.

    Exit codes: 0 answered; 2 wrong usage; 3 an input could not be read; 5 the page could not be written.
    """
    from calico_migrate.cli.policy.answers import Inputs, Output
    from calico_migrate.cli.policy.matrix import Questions, show

    for name, value in (("--apps", known.apps), ("--policies", known.policies)):
        if not value and known.bundle is None:
            raise typer.BadParameter("is needed, unless --bundle is given", param_hint=name)
    site.require_one_standard_input(apps=known.apps, policies=known.policies, before=before)
    inputs = Inputs(known, site.files, same_agent)
    questions = Questions(before or (), port or (), opened or (), asked.traffic())
    output = Output(format, manner)
    raise typer.Exit(show(inputs, questions, html, output))
