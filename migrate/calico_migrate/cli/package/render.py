"""``calico-migrate package --render``: what the package manager or the SDK makes of a template."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from calico_core import sources
from calico_core.errors import InputError, UsageError
from calico_core.exits import ExitCode
from calico_core.legible import encoded

if TYPE_CHECKING:
    from collections.abc import Sequence


def print_rendering(
    paths: Sequence[str], options: str | None, environment: str | None, target: str | None
) -> ExitCode:
    """Prints the rendered text of one package directory, template or service specification.

    Raises UsageError for several paths or options of the other kind, InputError where something cannot be
    read or rendered.
    """
    if len(paths) != 1:
        raise UsageError("--render takes one PATH")
    path = paths[0]
    if os.path.isdir(path):
        text = _package(path, options, environment)
    elif os.path.basename(path) in ("config.json", "marathon.json.mustache"):
        text = _package(os.path.dirname(path) or ".", options, environment)
    else:
        text = _specification(path, options, environment)
    if target is not None:
        from calico_core import writing

        writing.create(target, encoded(text))
    else:
        from calico_migrate.cli import terminal

        terminal.write_exact(text)
    return ExitCode.DONE


def _package(directory: str, options: str | None, environment: str | None) -> str:
    from calico_migrate.mustache import package_manager, tokens
    from calico_migrate.package.universe import parts

    if environment is not None:
        raise UsageError("--env is for service specifications; a package takes --options")
    template = sources.read(os.path.join(directory, parts.TEMPLATE))
    config = _object(os.path.join(directory, parts.CONFIG))
    resource = _object(os.path.join(directory, parts.RESOURCE))
    user = _object(options) if options is not None else None
    if options is not None and user is None:
        raise InputError("no such file", path=options)
    try:
        parsed = tokens.parse(template.text)
    except InputError as error:
        raise InputError(error.message, path=template.path, line=error.line, column=error.column) from error
    return package_manager.render(parsed, package_manager.options(config, user, resource)).text


def _specification(path: str, options: str | None, environment: str | None) -> str:
    from calico_migrate.mustache import scheduler, tokens

    if options is not None:
        raise UsageError("--options is for packages; a service specification takes --env")
    source = sources.read(path)
    given = _object(environment) if environment is not None else {}
    if given is None:
        raise InputError("no such file", path=environment)
    values: dict[str, str] = {}
    for name, value in given.items():
        if not isinstance(value, str):
            raise InputError(
                f"the value of {name} is no text; an environment has texts only", path=environment
            )
        values[name] = value
    try:
        return scheduler.render(tokens.parse(source.text), values).text
    except InputError as error:
        raise InputError(error.message, path=path, line=error.line, column=error.column) from error


def _object(path: str) -> dict[str, Any] | None:
    """The JSON object in a file; None where there is no such file."""
    from calico_migrate.package.universe import json_files

    if path != sources.STANDARD_INPUT and not os.path.isfile(path):
        return None
    try:
        value = json_files.loads(sources.read(path).text)
    except InputError as error:
        raise InputError(error.message, path=path, line=error.line, column=error.column) from error
    if not isinstance(value, dict):
        raise InputError("is no JSON object", path=path)
    return value
