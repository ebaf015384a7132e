"""Options that the commands of ``network`` share, and the settings that they stand for."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from calico_migrate.cli.together import together

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


class Reaching(NamedTuple):
    """How agents are reached over ssh."""

    parallel: Annotated[
        int,
        typer.Option("--parallel", min=1, max=256, help="Connections at once.", rich_help_panel=_AGENTS),
    ] = 20
    timeout: Annotated[
        float,
        typer.Option(
            "--timeout",
            min=1,
            metavar="SECONDS",
            help="How long one script may take.",
            rich_help_panel=_AGENTS,
        ),
    ] = 300
    connect_timeout: Annotated[
        int,
        typer.Option(
            "--connect-timeout",
            min=0,
            metavar="SECONDS",
            help="How long ssh may take to connect; 0 leaves it to ssh's configuration.",
            rich_help_panel=_AGENTS,
        ),
    ] = 15
    ssh_config: Annotated[
        str | None,
        typer.Option(
            "--ssh-config",
            metavar="FILE",
            help="A configuration for ssh instead of ~/.ssh/config (ssh -F).",
            rich_help_panel=_AGENTS,
        ),
    ] = None

    def settings(self) -> RunSettings:
        """The same for a run; raises LiveError without an ssh, InputError without its configuration."""
        import os
        import shutil

        from calico_core.errors import InputError, LiveError
        from calico_migrate.network.running.running import RunSettings
        from calico_migrate.network.running.ssh import SshSettings

        if shutil.which("ssh") is None:
            raise LiveError("there is no ssh on the path; install an OpenSSH client")
        if self.ssh_config is not None and not os.path.isfile(self.ssh_config):
            raise InputError("is no file", path=self.ssh_config)
        ssh = SshSettings(config=self.ssh_config, connect_timeout=self.connect_timeout)
        return RunSettings(self.parallel, self.timeout, ssh)


reached = together("reaching", Reaching)
"""A command with the options of ssh, in the place of its parameter ``reaching``."""
