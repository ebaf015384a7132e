"""``calico-migrate policy``: validates Calico resources, and answers who may reach whom."""

from __future__ import annotations

from typing import Annotated

import typer

from calico_migrate.cli import options as shared
from calico_migrate.cli.options import Color, Format
from calico_migrate.cli.policy.tests import TestFormat
from calico_migrate.cli.reporting import ReportOptions, reporting

app = typer.Typer(
    help="Validate Calico resources; answer who may reach whom; draft policies.", no_args_is_help=True
)


_APPS = typer.Option(
    "--apps", metavar="PATH", help="Marathon apps, pods and groups: files or directories; repeatable."
)
_POLICIES = typer.Option(
    "--policies",
    metavar="PATH",
    help="Policies, profiles and network sets: files or directories; repeatable.",
)
AppsOption = Annotated[list[str] | None, _APPS]
PoliciesOption = Annotated[list[str] | None, _POLICIES]
BundleOption = Annotated[
    str | None,
    typer.Option(
        "--bundle",
        metavar="BUNDLE",
        help="A DC/OS diagnostics bundle, for whatever of apps, policies, pools and agents is not given.",
    ),
]
SameAgentOption = Annotated[
    bool,
    typer.Option("--same-agent", help="Both sides are on one agent.", rich_help_panel=shared.SITE),
]


_TRAFFIC = "Traffic"
PortNumber = Annotated[
    int | None,
    typer.Option(
        "--port", metavar="N", help="The port; without it, each that B declares.", rich_help_panel=_TRAFFIC
    ),
]
ProtocolOption = Annotated[
    str | None,
    typer.Option(
        "--protocol",
        metavar="P",
        help="A name or number; the port's, else TCP.",
        rich_help_panel=_TRAFFIC,
    ),
]
SourcePortOption = Annotated[
    int | None,
    typer.Option(
        "--source-port",
        metavar="N",
        help="The port it is sent from; else one of 32768 to 60999.",
        rich_help_panel=_TRAFFIC,
    ),
]
IcmpTypeOption = Annotated[
    int | None,
    typer.Option("--icmp-type", metavar="N", help="The type of ICMP: 8 is ping.", rich_help_panel=_TRAFFIC),
]
IcmpCodeOption = Annotated[
    int | None,
    typer.Option("--icmp-code", metavar="N", help="The code of the type.", rich_help_panel=_TRAFFIC),
]


@app.command()
@reporting
def check(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH...", help="Files, directories (their *.yaml, *.yml, *.json), or -."),
    ],
    apps: AppsOption = None,
    config: shared.ConfigOption = None,
    pools: shared.PoolsOption = None,
    agents: shared.AgentsOption = None,
    *,
    report: ReportOptions,
) -> None:
    """Validate Calico resources, and find what is valid but does not work on DC/OS.

        calico-migrate policy check policies/ --apps services/

    What Calico 3.14 itself would refuse has a rule that begins with invalid-. With --apps it also says
    which selectors select nothing, and which servers are reached in ways that labels do not see.

    Exit codes: 0 no finding from --fail-on on; 1 there is one; 2 wrong usage; 3 an input could not be read.
    """
    from calico_migrate.cli.policy import check as policy_check
    from calico_migrate.site import SiteFiles, require_one_standard_input

    require_one_standard_input(PATH=paths, apps=apps, config=config, pools=pools, agents=agents)
    raise typer.Exit(policy_check.run(paths, apps or (), SiteFiles(config, pools, agents), report))


@app.command()
def simulate(
    apps: AppsOption = None,
    policies: PoliciesOption = None,
    bundle: BundleOption = None,
    source: Annotated[
        str | None, typer.Option("--from", metavar="A", help="An app's id or an address.")
    ] = None,
    destination: Annotated[
        str | None,
        typer.Option(
            "--to", metavar="B", help="An app's id, an address, vip:/name:port or vip:1.2.3.4:port."
        ),
    ] = None,
    port: PortNumber = None,
    protocol: ProtocolOption = None,
    source_port: SourcePortOption = None,
    icmp_type: IcmpTypeOption = None,
    icmp_code: IcmpCodeOption = None,
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
    config: shared.ConfigOption = None,
    pools: shared.PoolsOption = None,
    agents: shared.AgentsOption = None,
    same_agent: SameAgentOption = False,
    format: shared.AnswerOption = shared.AnswerFormat.TEXT,  # noqa: A002
    quiet: shared.QuietOption = False,
    color: shared.ColorOption = Color.AUTO,
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
    from calico_migrate.policy.answering.traffic import traffic
    from calico_migrate.site import SiteFiles, require_one_standard_input

    if expect not in (None, "allow", "deny"):
        raise typer.BadParameter(f"{expect!r} is neither allow nor deny", param_hint="--expect")
    output = policy_commands.Output(Format(format.value), quiet, color)
    if scenario is not None:
        given = (
            apps,
            policies,
            bundle,
            source,
            destination,
            port,
            protocol,
            source_port,
            icmp_type,
            icmp_code,
        )
        if any(value is not None for value in given):
            raise typer.BadParameter(
                "it takes the place of --apps, --policies, --bundle, --from and --to", param_hint="--scenario"
            )
        raise typer.Exit(policy_commands.simulate_scenario(scenario, expect, output))
    named = {
        "--apps": apps or bundle,
        "--policies": policies or bundle,
        "--from": source,
        "--to": destination,
    }
    for name, value in named.items():
        if not value:
            raise typer.BadParameter("is needed, unless --scenario is given", param_hint=name)
    require_one_standard_input(apps=apps, policies=policies, config=config, pools=pools, agents=agents)
    inputs = policy_commands.Inputs(
        apps or [], policies or [], SiteFiles(config, pools, agents), same_agent, bundle
    )
    asked = traffic(port, protocol, source_port, icmp_type, icmp_code)
    question = policy_commands.Question(source or "", destination or "", asked)
    raise typer.Exit(policy_commands.simulate(inputs, question, expect, output))


@app.command()
def matrix(
    apps: AppsOption = None,
    policies: PoliciesOption = None,
    bundle: BundleOption = None,
    before: Annotated[
        list[str] | None,
        typer.Option("--before", metavar="PATH", help="The earlier policies: show what changes; repeatable."),
    ] = None,
    port: Annotated[
        list[str] | None,
        typer.Option(
            "--port",
            metavar="N[/P]",
            help="Ask about this port of every app as well; repeatable.",
            rich_help_panel=_TRAFFIC,
        ),
    ] = None,
    protocol: Annotated[
        str | None,
        typer.Option(
            "--protocol",
            metavar="P",
            help="Ask about ports of this protocol only, or about one without ports, such as icmp.",
            rich_help_panel=_TRAFFIC,
        ),
    ] = None,
    source_port: SourcePortOption = None,
    icmp_type: IcmpTypeOption = None,
    icmp_code: IcmpCodeOption = None,
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
    config: shared.ConfigOption = None,
    pools: shared.PoolsOption = None,
    agents: shared.AgentsOption = None,
    same_agent: SameAgentOption = False,
    format: shared.AnswerOption = shared.AnswerFormat.TEXT,  # noqa: A002
    quiet: shared.QuietOption = False,
    color: shared.ColorOption = Color.AUTO,
) -> None:
    """Show who may reach whom, for all pairs of apps.

        calico-migrate policy matrix --apps services/ --policies policies/ --html reach.html

        calico-migrate policy matrix --apps services/ --policies new/ --before policies/

        calico-migrate policy matrix --bundle bundle.zip --html reach.html

    Apps that no policy tells apart are one group. A cell says which of the target's declared ports are
    allowed: all, some, none, or that it depends on what is not known.

    Exit codes: 0 answered; 2 wrong usage; 3 an input could not be read; 5 the page could not be written.
    """
    from calico_migrate.cli.policy import answers as policy_commands
    from calico_migrate.policy.answering.traffic import traffic
    from calico_migrate.site import SiteFiles, require_one_standard_input

    for name, value in (("--apps", apps), ("--policies", policies)):
        if not value and bundle is None:
            raise typer.BadParameter("is needed, unless --bundle is given", param_hint=name)
    require_one_standard_input(
        apps=apps, policies=policies, before=before, config=config, pools=pools, agents=agents
    )
    asked = traffic(None, protocol, source_port, icmp_type, icmp_code)
    inputs = policy_commands.Inputs(
        apps or [], policies or [], SiteFiles(config, pools, agents), same_agent, bundle
    )
    output = policy_commands.Output(Format(format.value), quiet, color)
    questions = policy_commands.MatrixQuestions(before or (), port or (), opened or (), asked)
    raise typer.Exit(policy_commands.matrix(inputs, questions, html, output))


@app.command("test")
def run_expectations(
    file: Annotated[str, typer.Argument(metavar="FILE", help="The expectations, as YAML or JSON.")],
    format: Annotated[  # noqa: A002
        TestFormat, typer.Option("--format", help="How the results are written.", rich_help_panel="Report")
    ] = TestFormat.TEXT,
    quiet: shared.QuietOption = False,
    color: shared.ColorOption = Color.AUTO,
) -> None:
    """Check that the policies allow and deny what is expected of them.

        apps: [services/]

        policies: [policies/]

        expect: [{from: /shop/web, to: /shop/db, port: 5432, verdict: allow}]

    Paths are relative to the file. `config`, `pools`, `agents` and `same_agent` may be given as well.

    Exit codes: 0 all expectations are met; 1 one is not; 2 wrong usage; 3 an input could not be read.
    """
    from calico_migrate.cli.policy import answers as policy_commands

    raise typer.Exit(policy_commands.run_tests(file, format, quiet=quiet, color=color))


@app.command()
def scaffold(
    apps: Annotated[list[str], _APPS],
    egress: Annotated[
        bool, typer.Option("--egress", help="Deny egress too, but for DNS, virtual addresses and Calico.")
    ] = False,
    output_dir: Annotated[
        str | None,
        typer.Option(
            "--output-dir", "-o", metavar="DIR", help="Write policies.yaml and labels.jsonpatch into it."
        ),
    ] = None,
    config: shared.ConfigOption = None,
    pools: shared.PoolsOption = None,
    format: shared.DraftOption = shared.DraftFormat.TEXT,  # noqa: A002
    quiet: shared.QuietOption = False,
    color: shared.ColorOption = Color.AUTO,
) -> None:
    """Draft policies for apps: ingress denied by default, each declared port allowed.

        calico-migrate policy scaffold --apps services/ > policies.yaml

        calico-migrate policy scaffold --apps app.json --format jsonpatch > labels.jsonpatch

    An app is found by a label that no other app has. Where it has none, the draft counts on a label that
    the patch adds, in the place where the app's runtime reads it.

    Exit codes: 0 done; 2 wrong usage; 3 an input could not be read; 5 an output could not be written.
    """
    from calico_migrate.cli.policy import answers as policy_commands
    from calico_migrate.site import SiteFiles, require_one_standard_input

    require_one_standard_input(apps=apps, config=config, pools=pools)
    inputs = policy_commands.Inputs(apps, (), SiteFiles(config, pools), False)
    output = policy_commands.Output(Format(format.value), quiet, color)
    raise typer.Exit(policy_commands.scaffold(inputs, egress=egress, directory=output_dir, output=output))
