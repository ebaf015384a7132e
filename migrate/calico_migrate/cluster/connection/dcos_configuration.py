"""The configuration of the DC/OS command line: which cluster it speaks with, and with which token.

dcos/dcos-cli pkg/config: ``$DCOS_DIR/clusters/<ID>/dcos.toml``, with ``dcos_ca.crt`` and a file ``attached``
beside it. The current cluster is the one that ``$DCOS_CLUSTER`` names, else the only one, else the attached
one (manager.go:59-88).
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, NamedTuple

from calico_core import sources, toml
from calico_core.errors import InputError
from calico_core.legible import legible
from calico_core.sources import reason

if TYPE_CHECKING:
    from collections.abc import Mapping

_NAME = "dcos.toml"
_LARGEST = 1_000_000


class Configuration(NamedTuple):
    """What one dcos.toml says.

    ``ssl_verify`` is the text there, ``ca`` the ``dcos_ca.crt`` beside the file.
    """

    path: str
    url: str
    token: str
    name: str
    ssl_verify: str
    ca: str | None


def read(path: str) -> Configuration:
    """Reads a dcos.toml. Raises InputError where it cannot be read or names no cluster."""
    text = sources.read(path, limit=_LARGEST).text
    try:
        document = toml.loads(text)
    except (toml.TOMLDecodeError, RecursionError) as error:
        raise InputError(f"is no TOML: {legible(str(error))}", path=path) from None
    core, cluster = _table(document, "core"), _table(document, "cluster")
    url = core.get("dcos_url")
    if not isinstance(url, str) or not url:
        raise InputError(
            "names no cluster: core.dcos_url is missing; `dcos cluster setup` writes it", path=path
        )
    verify = core.get("ssl_verify", "")
    ca = os.path.join(os.path.dirname(path), "dcos_ca.crt")
    return Configuration(
        path,
        url,
        _text(core, "dcos_acs_token"),
        _text(cluster, "name"),
        str(verify).lower() if isinstance(verify, bool) else verify if isinstance(verify, str) else "",
        ca if os.path.exists(ca) else None,
    )


def current(environment: Mapping[str, str]) -> Configuration | None:
    """The cluster that the DC/OS command line would speak with, None where it knows none."""
    wanted = environment.get("DCOS_CLUSTER", "")
    if wanted:
        return named(wanted, environment)
    paths = _paths(environment)
    if len(paths) == 1:
        return read(paths[0])
    attached = [path for path in paths if os.path.exists(os.path.join(os.path.dirname(path), "attached"))]
    if len(attached) == 1:
        return read(attached[0])
    if paths:
        which = "several are attached" if attached else "none is attached"
        raise InputError(
            f"{len(paths)} clusters are set up and {which}; name one with --cluster",
            path=_directory(environment),
        )
    return None


def named(wanted: str, environment: Mapping[str, str]) -> Configuration:
    """The cluster with this name or id (or a beginning of the id that only one has). Raises InputError."""
    paths = _paths(environment)
    for path in paths:
        if _identity(path) == wanted:
            return read(path)
    known = []
    for path in paths:
        configuration = read(path)
        if configuration.name == wanted or _identity(path).startswith(wanted):
            known.append(configuration)
    if len(known) == 1:
        return known[0]
    said = f"{len(known)} clusters are" if known else "no cluster is"
    raise InputError(
        f"{said} called {legible(wanted)}; `dcos cluster list` shows them", path=_directory(environment)
    )


def _paths(environment: Mapping[str, str]) -> list[str]:
    directory = _directory(environment)
    try:
        names = sorted(os.listdir(directory))
    except FileNotFoundError:
        return []
    except OSError as error:
        raise InputError(f"cannot be read: {reason(error)}", path=directory) from error
    paths = [os.path.join(directory, name, _NAME) for name in names]
    return [path for path in paths if os.path.exists(path)]


def _directory(environment: Mapping[str, str]) -> str:
    home = environment.get("DCOS_DIR") or os.path.join(os.path.expanduser("~"), ".dcos")
    return os.path.join(home, "clusters")


def _identity(path: str) -> str:
    return os.path.basename(os.path.dirname(path))


def _table(document: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    table = document.get(name)
    return table if isinstance(table, dict) else {}


def _text(table: Mapping[str, Any], name: str) -> str:
    value = table.get(name)
    return value if isinstance(value, str) else ""
