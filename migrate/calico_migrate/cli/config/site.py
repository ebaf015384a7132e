"""What the operator adds to a config.yaml on the command line, as one value."""

# No annotations as texts here: Typer reads them at every start, and would have to compile each.
from enum import Enum
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from calico_core.errors import UsageError
from calico_migrate.cli.options import SITE, AgentsOption, PoolsOption
from calico_migrate.cli.together import together

if TYPE_CHECKING:
    from calico_config.options import Options


class CloudName(str, Enum):
    """A cloud whose network is known."""

    AWS = "aws"
    AZURE = "azure"
    GCE = "gce"
    OPENSTACK = "openstack"


VersionOption = Annotated[
    str | None,
    typer.Option(
        "--dcos-version", metavar="RELEASE", help="The release, such as 2.1.2.  [default: the newest]"
    ),
]


class Site(NamedTuple):
    """The options about the site, as they are given."""

    dcos_version: VersionOption = None
    reserved: Annotated[
        list[str] | None,
        typer.Option(
            "--reserved",
            metavar="CIDR=NAME",
            help="A network of your site that Calico must not use; repeatable.",
            rich_help_panel=SITE,
        ),
    ] = None
    agents: AgentsOption = None
    pools: PoolsOption = None
    nodes: Annotated[
        int | None,
        typer.Option(
            "--nodes", metavar="N", min=1, help="All nodes, masters included.", rich_help_panel=SITE
        ),
    ] = None
    tasks: Annotated[
        int | None,
        typer.Option(
            "--tasks", metavar="N", min=0, help="Tasks on Calico at the same time.", rich_help_panel=SITE
        ),
    ] = None
    link_mtu: Annotated[
        int | None,
        typer.Option(
            "--link-mtu",
            metavar="BYTES",
            min=68,
            help="The smallest MTU over all nodes' interfaces.",
            rich_help_panel=SITE,
        ),
    ] = None
    cloud: Annotated[
        CloudName | None,
        typer.Option(
            "--cloud", help="The network's MTU and abilities.", rich_help_panel=SITE, case_sensitive=False
        ),
    ] = None

    def options(self, *, quiet: bool = False) -> "Options":
        """The same with files read; notes about them go to standard error.

        Raises UsageError and InputError.
        """
        from calico_config.options import InstalledPool, Options, parse_reserved
        from calico_config.parameters import parse_release
        from calico_migrate.cli.terminal import show_notes
        from calico_migrate.site import SiteFiles, read_site

        try:
            if self.dcos_version is not None:
                parse_release(self.dcos_version)
            ranges = tuple(parse_reserved(text) for text in self.reserved or ())
        except ValueError as error:
            raise UsageError(str(error)) from error
        site = read_site(SiteFiles(None, self.pools, self.agents))
        show_notes(site.notes, quiet=quiet)
        installed = tuple(
            InstalledPool(pool.name, pool.cidr, pool.mode or "none", pool.disabled)
            for pool in site.pools or ()
        )
        return Options(
            dcos_version=self.dcos_version,
            reserved=ranges,
            agents=tuple(agent.name for agent in site.agents),
            pools=installed if site.pools is not None else None,
            nodes=self.nodes,
            tasks=self.tasks,
            link_mtu=self.link_mtu,
            cloud=self.cloud.value if self.cloud is not None else None,
        )


sited = together("site", Site)
"""A command with the options about the site, in the place of its parameter ``site``."""
