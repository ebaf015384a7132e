"""Option overlays: what running services must be given, since they keep the options of their installation."""

from __future__ import annotations

import json
import os
import re
import shlex
from typing import TYPE_CHECKING, Any, NamedTuple

from calico_migrate.marathon.parsed.package_labels import KUBERNETES_CLUSTER
from calico_migrate.package import sdk
from calico_migrate.package.options.option_files import KnownOptions
from calico_migrate.package.rules import no_update_command, stored_options
from calico_migrate.package.universe import parts, schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from calico_core.findings import Finding
    from calico_migrate.package.universe.reports import PackageResult
    from calico_migrate.package.universe.schema import OptionPath

PACKAGE_NAME = re.compile(r"[a-z][a-z0-9-]*[a-z0-9]", re.ASCII)
"""What the package schema takes as a name (mesosphere/universe ``package-schema.json``)."""

_SERVICE_NAME = ("service", "name")
_FILE_NAME = re.compile(r"[^A-Za-z0-9._-]+")


class Overlay(NamedTuple):
    """The options that name the new network for the running services of a package.

    ``number`` is the release, None for source trees and exported apps. ``service`` is how the package names
    a service by default, or the exported service itself where ``running`` says so. ``command`` is the update
    command with ``FILE`` for the overlay, None where the package has none. ``idle`` says that none of the
    options arrives at a network. ``name`` is that of the file, empty for the package's own.
    """

    package: str
    number: int | None
    service: str
    options: Mapping[OptionPath, Any]
    command: str | None
    idle: bool = False
    running: bool = False
    name: str = ""

    @property
    def file_name(self) -> str:
        """The overlay's name in the directory of ``--options-dir``."""
        if self.name:
            return self.name
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
        file = shlex.quote(os.path.join(directory, self.file_name)) if directory is not None else "FILE"
        names = ", ".join(".".join(path) for path in self.options)
        idle = ", though it arrives at no network and moves no service" if self.idle else ""
        if self.running:
            kept = f"{self.service} keeps the {names} that it was installed with"
        else:
            kept = f"services of {self.package} keep the {names} that they were installed with{idle}"
        where = f"; {file} holds the new options" if directory is not None else ""
        hint_file = "" if directory is not None else "; --options-dir DIR writes FILE"
        if self.command is None:
            return no_update_command.finding(kept, where, self.package, file, hint_file)
        each = "" if self.running else " for each of them"
        return stored_options.finding(kept, where, self.command.replace("FILE", file), f"{each}{hint_file}")


def named(services: Sequence[Overlay], others: Iterable[Overlay]) -> list[Overlay]:
    """The overlays of exported services, each with the name of a file of its own content.

    Services of one package that get the same share one file, named by the package; where they differ, or
    another overlay has that name, the files are named by the services.
    """
    taken = {overlay.file_name: overlay.text for overlay in others}
    texts: dict[str, set[str]] = {}
    for overlay in services:
        texts.setdefault(overlay.package, set()).add(overlay.text)
    found = []
    for overlay in services:
        text = overlay.text
        shared = len(texts[overlay.package]) == 1 and taken.get(overlay.file_name, text) == text
        stem = overlay.package if shared else _FILE_NAME.sub("_", overlay.service.strip("/")).lstrip(".")
        name, number = f"{stem or overlay.package}.json", 2
        while taken.get(name, text) != text:
            name, number = f"{stem or overlay.package}-{number}.json", number + 1
        taken[name] = text
        found.append(overlay._replace(name=name))
    return found


def update_command(package: str, service: str, resource: Any, template: str) -> str | None:
    """The command that updates the options of a package's service; None where the package brings none."""
    if package == KUBERNETES_CLUSTER:
        return f"dcos kubernetes cluster update --cluster-name={shlex.quote(service)} --options=FILE"
    if sdk.has_update_command(resource, template):
        return f"dcos {package} update start --name={shlex.quote(service)} --options=FILE"
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
