"""What the operator adds to a config.yaml on the command line, as one value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from calico_core.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calico_config.options import Options


def options(
    dcos_version: str | None,
    reserved: Sequence[str] | None,
    agents: str | None,
    pools: str | None,
    nodes: int | None,
    tasks: int | None,
    link_mtu: int | None,
    cloud: Any,
    *,
    quiet: bool = False,
) -> Options:
    """The options as one value, files read; notes about them go to standard error.

    Raises UsageError and InputError.
    """
    from calico_config.options import InstalledPool, Options, parse_reserved
    from calico_config.parameters import parse_release
    from calico_migrate.cli.terminal import show_notes
    from calico_migrate.site import SiteFiles, read_site

    try:
        if dcos_version is not None:
            parse_release(dcos_version)
        ranges = tuple(parse_reserved(text) for text in reserved or ())
    except ValueError as error:
        raise UsageError(str(error)) from error
    site = read_site(SiteFiles(None, pools, agents))
    show_notes(site.notes, quiet=quiet)
    existing = [pool.existing for pool in site.pools or ()]
    installed = tuple(
        InstalledPool(pool.name, pool.cidr, pool.mode or "none", pool.disabled) for pool in existing
    )
    return Options(
        dcos_version=dcos_version,
        reserved=ranges,
        agents=tuple(agent.name for agent in site.agents),
        pools=installed if site.pools is not None else None,
        nodes=nodes,
        tasks=tasks,
        link_mtu=link_mtu,
        cloud=cloud.value if cloud is not None else None,
    )
