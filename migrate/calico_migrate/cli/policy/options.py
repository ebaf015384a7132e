"""The options of the policy commands that go together, each group as one value."""

# No annotations as texts here: Typer reads them at every start, and would have to compile each.
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from calico_migrate.cli.options import SITE
from calico_migrate.cli.together import parameters, together

if TYPE_CHECKING:
    from calico_migrate.policy.answering.traffic import Traffic

_TRAFFIC = "Traffic"

APPS = typer.Option(
    "--apps", metavar="PATH", help="Marathon apps, pods and groups: files or directories; repeatable."
)
AppsOption = Annotated[list[str] | None, APPS]
_Protocol = Annotated[
    str | None,
    typer.Option(
        "--protocol", metavar="P", help="A name or number; the port's, else TCP.", rich_help_panel=_TRAFFIC
    ),
]
_AnyProtocol = Annotated[
    str | None,
    typer.Option(
        "--protocol",
        metavar="P",
        help="Ask about ports of this protocol only, or about one without ports, such as icmp.",
        rich_help_panel=_TRAFFIC,
    ),
]
PortsOption = Annotated[
    list[str] | None,
    typer.Option(
        "--port",
        metavar="N[/P]",
        help="Ask about this port of every app as well; repeatable.",
        rich_help_panel=_TRAFFIC,
    ),
]
SameAgentOption = Annotated[
    bool,
    typer.Option("--same-agent", help="Both sides are on one agent.", rich_help_panel=SITE),
]


class Known(NamedTuple):
    """Where apps and policies are."""

    apps: AppsOption = None
    policies: Annotated[
        list[str] | None,
        typer.Option(
            "--policies",
            metavar="PATH",
            help="Policies, profiles and network sets: files or directories; repeatable.",
        ),
    ] = None
    bundle: Annotated[
        str | None,
        typer.Option(
            "--bundle",
            metavar="BUNDLE",
            help="A DC/OS diagnostics bundle, for whatever of apps, policies, pools and agents is not given.",
        ),
    ] = None


class Asked(NamedTuple):
    """Which packets are asked about."""

    port: Annotated[
        int | None,
        typer.Option(
            "--port",
            metavar="N",
            help="The port; without it, each that B declares.",
            rich_help_panel=_TRAFFIC,
        ),
    ] = None
    protocol: _Protocol = None
    source_port: Annotated[
        int | None,
        typer.Option(
            "--source-port",
            metavar="N",
            help="The port it is sent from; else one of 32768 to 60999.",
            rich_help_panel=_TRAFFIC,
        ),
    ] = None
    icmp_type: Annotated[
        int | None,
        typer.Option(
            "--icmp-type", metavar="N", help="The type of ICMP: 8 is ping.", rich_help_panel=_TRAFFIC
        ),
    ] = None
    icmp_code: Annotated[
        int | None,
        typer.Option("--icmp-code", metavar="N", help="The code of the type.", rich_help_panel=_TRAFFIC),
    ] = None

    def traffic(self) -> "Traffic":
        """What they stand for; raises UsageError for what cannot be."""
        from calico_migrate.policy.answering.traffic import traffic

        return traffic(*self)


_ASKED = parameters(Asked)
_OF_EVERY_PORT = {
    **{name: option for name, option in _ASKED.items() if name != "port"},
    "protocol": _ASKED["protocol"].replace(annotation=_AnyProtocol),
}

known = together("known", Known)
"""A command with the options for apps and policies, in the place of its parameter ``known``."""

asked = together("asked", Asked)
"""A command with the options of one question's traffic, in the place of its parameter ``asked``."""

asked_of_every_port = together("asked", Asked, _OF_EVERY_PORT)
"""The same for a command that takes more than one port."""
