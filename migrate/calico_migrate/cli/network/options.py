"""Options that the commands of ``network`` share, and the settings that they stand for."""

from __future__ import annotations

import os
from enum import Enum
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from calico_migrate.network.running.running import RunSettings


class Mode(str, Enum):
    """How packets travel between nodes."""

    VXLAN = "vxlan"
    IPIP = "ipip"


_AGENTS = "Agents"

DirectoryArgument = Annotated[
    str, typer.Argument(metavar="DIR", help="A directory that `network generate` made.")
]
ParallelOption = Annotated[
    int,
    typer.Option("--parallel", min=1, max=256, help="Connections at once.", rich_help_panel=_AGENTS),
]
TimeoutOption = Annotated[
    float,
    typer.Option(
        "--timeout", min=1, metavar="SECONDS", help="How long one script may take.", rich_help_panel=_AGENTS
    ),
]
ConnectTimeoutOption = Annotated[
    int,
    typer.Option(
        "--connect-timeout",
        min=0,
        metavar="SECONDS",
        help="How long ssh may take to connect; 0 leaves it to ssh's configuration.",
        rich_help_panel=_AGENTS,
    ),
]
SshConfigOption = Annotated[
    str | None,
    typer.Option(
        "--ssh-config",
        metavar="FILE",
        help="A configuration for ssh instead of ~/.ssh/config (ssh -F).",
        rich_help_panel=_AGENTS,
    ),
]


def run_settings(parallel: int, timeout: float, connect_timeout: int, ssh_config: str | None) -> RunSettings:
    """How agents are reached; raises LiveError without an ssh, InputError without its configuration."""
    import shutil

    from calico_core.errors import InputError, LiveError
    from calico_migrate.network.running.running import RunSettings
    from calico_migrate.network.running.ssh import SshSettings

    if shutil.which("ssh") is None:
        raise LiveError("there is no ssh on the path; install an OpenSSH client")
    if ssh_config is not None and not os.path.isfile(ssh_config):
        raise InputError("is no file", path=ssh_config)
    return RunSettings(parallel, timeout, SshSettings(config=ssh_config, connect_timeout=connect_timeout))
