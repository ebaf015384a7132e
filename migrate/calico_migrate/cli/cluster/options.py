"""Options that several of the cluster's commands share, each declared once."""

from __future__ import annotations

import time
from enum import Enum
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from calico_migrate.cli.together import together
from calico_migrate.cluster.applying.settings import RunSettings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from calico_migrate.cli.cluster.saying import Voice
    from calico_migrate.cluster.connection.access import Access
    from calico_migrate.cluster.connection.reading import Reader

_CONNECTION = "Connection"
_GATES = "Waiting and gates"


class Allow(str, Enum):
    """What a plan may take on only when it is told so."""

    UNCHECKED = "unchecked"
    RESIDENT = "resident"
    OUTAGE = "outage"
    HOST_PORT = "host-port"


class PlanFormat(str, Enum):
    """How what a plan leaves to people is reported."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"
    SARIF = "sarif"


class OnFailure(str, Enum):
    """What becomes of an item that failed."""

    PAUSE = "pause"
    ROLLBACK = "rollback"


PlanArgument = Annotated[str, typer.Argument(metavar="PLAN", help="The plan's file.")]
MarathonOption = Annotated[
    list[str] | None,
    typer.Option(
        "--marathon",
        metavar="PATH",
        help="A Marathon below /service/; repeatable.  [default: marathon and those on it]",
        show_default=False,
    ),
]
PoolOption = Annotated[
    list[str] | None,
    typer.Option(
        "--pool",
        metavar="CIDR",
        help="Addresses that count as Calico's; repeatable.  [default: 172.29.0.0/16]",
        show_default=False,
    ),
]
ItemOption = Annotated[
    list[str] | None,
    typer.Option("--item", metavar="ID", help="Only this item, such as marathon:/shop/web; repeatable."),
]
WaveOption = Annotated[
    list[str] | None, typer.Option("--wave", metavar="NAME", help="Only this wave; repeatable.")
]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Read, say what would be sent, send nothing.")]
YesOption = Annotated[bool, typer.Option("--yes", help="Do not ask for the cluster's name.")]


class Connecting(NamedTuple):
    """The options of the connection, as one value."""

    url: Annotated[
        str | None, typer.Option("--url", metavar="URL", help="The cluster.", rich_help_panel=_CONNECTION)
    ] = None
    token_file: Annotated[
        str | None,
        typer.Option(
            "--token-file", metavar="FILE", help="The file that holds the token.", rich_help_panel=_CONNECTION
        ),
    ] = None
    token_command: Annotated[
        str | None,
        typer.Option(
            "--token-command",
            metavar="CMD",
            help="The command that prints the token; run again when it is refused.",
            rich_help_panel=_CONNECTION,
        ),
    ] = None
    ca: Annotated[
        str | None,
        typer.Option(
            "--ca",
            metavar="FILE",
            help="Trust these certificates and no others.",
            rich_help_panel=_CONNECTION,
        ),
    ] = None
    insecure: Annotated[
        bool, typer.Option("--insecure", help="Check no certificate.", rich_help_panel=_CONNECTION)
    ] = False
    cluster: Annotated[
        str | None,
        typer.Option(
            "--cluster",
            metavar="NAME|ID",
            help="A cluster that `dcos cluster setup` knows.",
            rich_help_panel=_CONNECTION,
        ),
    ] = None
    timeout: Annotated[
        str,
        typer.Option(
            "--timeout",
            metavar="TIME",
            help="How long one request may go without a byte.",
            rich_help_panel=_CONNECTION,
        ),
    ] = "75s"
    outage_timeout: Annotated[
        str,
        typer.Option(
            "--outage-timeout",
            metavar="TIME",
            help="How long reads are tried again during an outage.",
            rich_help_panel=_CONNECTION,
        ),
    ] = "10m"

    def access(self, voice: Voice) -> Access:
        """Finds the cluster and the token, with a warning for what is not safe."""
        import os

        from calico_migrate.cluster.connection.access import Wish, resolve

        wish = Wish(self.url, self.token_file, self.ca, self.insecure, self.cluster, self.token_command)
        access = resolve(wish, os.environ)
        for warning in access.warnings:
            voice.warn(warning)
        return access

    def reader(self, access: Access, voice: Voice, pause: Callable[[float], object] = time.sleep) -> Reader:
        """What reads from the cluster; says on standard error why a read is tried again.

        ``pause`` waits in between.
        """
        from calico_migrate.cli.cluster.saying import Repeated
        from calico_migrate.cluster import durations
        from calico_migrate.cluster.connection.client import Client
        from calico_migrate.cluster.connection.reading import Reader

        outage = durations.parse("--outage-timeout", self.outage_timeout)
        client = Client(access, durations.parse("--timeout", self.timeout))
        return Reader(client, outage, waiting=Repeated(voice.say), pause=pause)


def services(marathons: list[str] | None) -> tuple[str, ...]:
    """The Marathons' paths, ``marathon`` for none; raises UsageError for what is no path."""
    from calico_core.errors import UsageError
    from calico_core.legible import quoted
    from calico_migrate.cluster import ids

    found = tuple(dict.fromkeys(path.strip("/") for path in marathons or ("marathon",)))
    for path in found:
        if not ids.is_service_path(path):
            raise UsageError(f"--marathon {quoted(path)} is no path below /service/, such as marathon")
    return found


def _limits(
    poll: Annotated[
        str,
        typer.Option(
            "--poll",
            metavar="TIME",
            help="The pause between two looks while waiting.",
            rich_help_panel=_GATES,
        ),
    ] = "2s",
    settle: Annotated[
        str,
        typer.Option(
            "--settle",
            metavar="TIME",
            help="How long an item must stay well before it counts.",
            rich_help_panel=_GATES,
        ),
    ] = "60s",
    item_timeout: Annotated[
        str | None,
        typer.Option(
            "--item-timeout",
            metavar="TIME",
            help="How long one item may take.  [default: by its instances and checks, at least 10m]",
            show_default=False,
            rich_help_panel=_GATES,
        ),
    ] = None,
    lock_timeout: Annotated[
        str,
        typer.Option(
            "--lock-timeout",
            metavar="TIME",
            help="How long to wait for somebody else's deployment.",
            rich_help_panel=_GATES,
        ),
    ] = "30m",
    unknown_wait: Annotated[
        str,
        typer.Option(
            "--unknown-wait",
            metavar="TIME",
            help="How long to look for the effect of a request without an answer.",
            rich_help_panel=_GATES,
        ),
    ] = "60s",
    max_failures: Annotated[
        int,
        typer.Option(
            "--max-failures",
            metavar="N",
            min=0,
            help="How many items may fail before nothing new is sent.",
            rich_help_panel=_GATES,
        ),
    ] = 0,
) -> RunSettings:
    """The limits of a run; raises UsageError for what is no duration."""
    from calico_migrate.cluster import durations

    return RunSettings(
        poll=durations.parse("--poll", poll),
        settle=durations.parse("--settle", settle),
        item_timeout=durations.parse("--item-timeout", item_timeout) if item_timeout is not None else None,
        lock_timeout=durations.parse("--lock-timeout", lock_timeout),
        unknown_wait=durations.parse("--unknown-wait", unknown_wait),
        max_failures=max_failures,
    )


connected = together("connecting", Connecting)
"""A command with the options of the connection, in the place of its parameter ``connecting``."""

limited = together("limits", _limits)
"""A command with the limits of a run, in the place of its parameter ``limits``."""


def window(text: str | None) -> tuple[int, int] | None:
    """The minutes of the day from and to which items may be begun; raises UsageError."""
    import re

    from calico_core.errors import UsageError

    if text is None:
        return None
    match = re.fullmatch(r"([01][0-9]|2[0-3]):([0-5][0-9])-([01][0-9]|2[0-3]):([0-5][0-9])", text, re.ASCII)
    if match is None:
        raise UsageError(f"--window {text}: write it as HH:MM-HH:MM, such as 22:00-05:30")
    begin, end = int(match[1]) * 60 + int(match[2]), int(match[3]) * 60 + int(match[4])
    if begin == end:
        raise UsageError(f"--window {text}: it has no length")
    return begin, end


def probe(text: str | None) -> Sequence[str]:
    """The words of the command that tests an item, none where there is no such test; raises UsageError."""
    from calico_migrate.cluster import commands

    return () if text is None else commands.words("--probe", text)


def user() -> str:
    """Who runs this, and where: ``ops@bastion``."""
    import getpass
    import socket

    from calico_core.legible import legible

    try:
        name = getpass.getuser()
    except (KeyError, OSError):
        name = "unknown"
    return legible(f"{name}@{socket.gethostname()}", 200)
