"""The options that name the files which describe a cluster, as one value."""

# No annotations as texts here: Typer reads them at every start, and would have to compile each.
from typing import NamedTuple

from calico_migrate.cli.options import AgentsOption, ConfigOption, PoolsOption
from calico_migrate.cli.together import together
from calico_migrate.site import SiteFiles, require_one_standard_input


class GivenSite(NamedTuple):
    """The options, as they are given."""

    config: ConfigOption = None
    pools: PoolsOption = None
    agents: AgentsOption = None

    @property
    def files(self) -> SiteFiles:
        """The files."""
        return SiteFiles(self.config, self.pools, self.agents)

    def require_one_standard_input(self, **named: str | list[str] | None) -> None:
        """Raises UsageError where more than one of them and of these others is standard input."""
        require_one_standard_input(**named, **self._asdict())


described = together("site", GivenSite)
"""A command with the options about the cluster's files, in the place of its parameter ``site``."""
