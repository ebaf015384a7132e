"""Option overlays: what running services must be given, since they keep the options of their installation."""

from __future__ import annotations

import json
import os
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from calico_migrate.package import sdk
from calico_migrate.package.options.option_files import KnownOptions
from calico_migrate.package.rules import no_update_command, stored_options
from calico_migrate.package.universe import content as parts
from calico_migrate.package.universe import schema

if TYPE_CHECKING:
    from collections.abc import Mapping

    from calico_core.findings import Finding
    from calico_migrate.package.universe.reports import PackageResult
    from calico_migrate.package.universe.schema import OptionPath

PACKAGE_NAME = re.compile(r"[a-z][a-z0-9-]*[a-z0-9]", re.ASCII)
"""What the package schema takes as a name (mesosphere/universe ``package-schema.json``)."""

_SERVICE_NAME = ("service", "name")
KUBERNETES_CLUSTER = "kubernetes-cluster"
"""The one package without the SDK's command line that updates options by a command of its own."""


class Overlay(NamedTuple):
    """The options that name the new network for the running services of a package.

    ``number`` is the release, None for source trees and exported apps. ``service`` is how the package names
    a service by default. ``command`` is the update command with ``FILE`` for the overlay, None where the
    package has none. ``idle`` says that none of the options arrives at a network.
    """

    package: str
    number: int | None
    service: str
    options: Mapping[OptionPath, str]
    command: str | None
    idle: bool = False

    @property
    def file_name(self) -> str:
        """The overlay's name in the directory of ``--options-dir``."""
        return f"{self.package}.json" if self.number is None else f"{self.package}-{self.number}.json"

    @property
    def text(self) -> str:
        """The overlay as an options file."""
        tree: dict[str, Any] = {}
        for path, value in self.options.items():
            schema.put(tree, path, value)
        return json.dumps(tree, indent=2) + "\n"

    def finding(self, directory: str | None) -> Finding:
        """What to do with the overlay, which is in ``directory`` if there is one."""
        file = os.path.join(directory, self.file_name) if directory is not None else "FILE"
        names = ", ".join(".".join(path) for path in self.options)
        idle = ", though it arrives at no network and moves no service" if self.idle else ""
        kept = f"services of {self.package} keep the {names} that they were installed with{idle}"
        where = f"; {file} holds the new options" if directory is not None else ""
        hint_file = "" if directory is not None else "; --options-dir DIR writes FILE"
        if self.command is None:
            return no_update_command.finding(kept, where, self.package, file, hint_file)
        return stored_options.finding(kept, where, self.command.replace("FILE", file), hint_file)


def update_command(package: str, service: str, resource: Any, template: str) -> str | None:
    """The command that updates the options of a package's service; None where the package brings none."""
    if package == KUBERNETES_CLUSTER:
        return f"dcos kubernetes cluster update --cluster-name={service} --options=FILE"
    if sdk.has_update_command(resource, template):
        return f"dcos {package} update start --name={service} --options=FILE"
    return None


def overlay_of(result: PackageResult, number: int | None) -> Overlay | None:
    """The overlay of a package; None where no option of it names a network."""
    plan = result.plan
    package = plan.content.name
    edited = [option for option in plan.options if not option.refusal]
    options = {option.option.path: option.new for option in edited}
    idle = plan.trace is not None and not any(option.by_flow for option in edited)
    if result.errors or not options or PACKAGE_NAME.fullmatch(package) is None:
        return None
    named = plan.declared.get(_SERVICE_NAME)
    service = str(named.default) if named is not None and isinstance(named.default, str) else package
    template = plan.content.texts.get(parts.TEMPLATE, "")
    command = update_command(package, service, plan.content.value(parts.RESOURCE), template)
    return Overlay(package, number, service, options, command, idle)


def known_options(result: PackageResult) -> KnownOptions | None:
    """What options a package accepts, to recognise its option files; None where none names a network."""
    networks = frozenset(option.option.path for option in result.plan.options)
    if not networks:
        return None
    return KnownOptions(result.plan.content.name, frozenset(result.plan.declared), networks)
