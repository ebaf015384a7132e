"""Docker networks as ``docker network inspect`` prints them."""

from __future__ import annotations

from typing import Any, NamedTuple

from calico_core.errors import InputError
from calico_migrate.calico.annotations import PROFILE_OPTION

# What Docker shows for a network that was made without --subnet.
_NO_SUBNET = "0.0.0.0/0"


class DockerNetwork(NamedTuple):
    """One network of one agent's Docker engine."""

    name: str
    id: str
    driver: str
    scope: str
    ipam_driver: str
    subnets: tuple[str, ...]
    options: dict[str, str]

    @property
    def profile(self) -> str:
        """The Calico profile that the network was made with, empty without one."""
        return self.options.get(PROFILE_OPTION, "")

    @property
    def subnet(self) -> str:
        """The subnets as they are shown; ``none`` where it was made without one."""
        return ", ".join(subnet for subnet in self.subnets if subnet != _NO_SUBNET) or "none"


class AgentNetworks(NamedTuple):
    """All Docker networks of one agent; ``path`` is where that was read, as it is reported."""

    agent: str
    path: str
    networks: tuple[DockerNetwork, ...]

    def named(self, name: str) -> tuple[DockerNetwork, ...]:
        """The networks of a name; more than one where it is ambiguous."""
        return tuple(network for network in self.networks if network.name == name)


def read_networks(text: str, path: str) -> tuple[DockerNetwork, ...]:
    """The networks in the output of ``docker network inspect``, in its order.

    An empty array (what Docker prints where it found none) gives no networks. Raises InputError where the
    text is something else.
    """
    import json

    body = text.removeprefix("\ufeff")
    if not body.strip():
        raise InputError("the file is empty; `docker network inspect` prints at least `[]`", path=path)
    try:
        document = json.loads(body)
    except json.JSONDecodeError as error:
        raise InputError(
            f"this is not what `docker network inspect` prints: {error.msg}",
            path=path,
            line=error.lineno,
            column=error.colno,
        ) from error
    except (ValueError, RecursionError) as error:
        raise InputError("this is not what `docker network inspect` prints", path=path) from error
    if not isinstance(document, list):
        raise InputError("this is not what `docker network inspect` prints, an array", path=path)
    # One network may be listed twice where names and ids were both given.
    networks: dict[str, DockerNetwork] = {}
    for number, entry in enumerate(document, 1):
        network = _network(entry)
        if network is None:
            raise InputError(f"entry {number} of the array is no Docker network", path=path)
        networks.setdefault(network.id, network)
    return tuple(networks.values())


def _network(entry: Any) -> DockerNetwork | None:
    if not isinstance(entry, dict):
        return None
    name, identifier = entry.get("Name"), entry.get("Id")
    if not isinstance(name, str) or not isinstance(identifier, str) or not identifier:
        return None
    ipam = entry.get("IPAM")
    settings = ipam if isinstance(ipam, dict) else {}
    configs = settings.get("Config")
    subnets = [
        config["Subnet"]
        for config in (configs if isinstance(configs, list) else ())
        if isinstance(config, dict) and isinstance(config.get("Subnet"), str)
    ]
    options = entry.get("Options")
    return DockerNetwork(
        name=name,
        id=identifier,
        driver=_text(entry.get("Driver")),
        scope=_text(entry.get("Scope")),
        ipam_driver=_text(settings.get("Driver")),
        subnets=tuple(subnets),
        options={str(key): _text(value) for key, value in options.items()}
        if isinstance(options, dict)
        else {},
    )


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
