"""The name of the network comes from the options of each installation alone.

The package declares the option without a default, so that no new release can move anything: the installations
that set it must be updated.

Example:
    "networks": {"type": "array", "items": {"type": "object", "properties": {"name": {"type": "string"}}}}

Look for the option in the stored options of each service, and change it there.
"""

from calico_core.findings import Finding
from calico_core.rules import Findings, info
from calico_migrate.package import names
from calico_migrate.package.universe import parts
from calico_migrate.package.universe.schema import Option
from calico_migrate.package.universe.subject import WiredPackage
from calico_migrate.package.universe.unset import without_default

RULE = info(__name__, source="mesosphere/universe, packages edgelb-pool and marathon")


def check(package: WiredPackage) -> Findings:
    """Each option that names a network and has no default."""
    found = list(without_default(package))
    for unset in found:
        if unset.option is not None:
            yield _finding(package, unset.option, f"arrives in {unset.place.shown}")
    if parts.CONFIG in package.content.texts and package.plan.trace is not None:
        told = {unset.name for unset in found}
        for option in package.plan.declared.values():
            if not option.declared and option.name not in told and names.is_unset_name_path(option.path):
                yield _finding(package, option, "has the name of a network's name")


def _finding(package: WiredPackage, option: Option, why: str) -> Finding:
    return package.finding(
        parts.CONFIG,
        RULE,
        f"{option.name} {why} and has no default: only the options of an installation name the network",
        hint="look for it in the stored options of each service, and change it there",
        offset=package.at(option),
        pointer=option.pointer.removesuffix("/default"),
    )
