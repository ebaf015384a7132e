"""The ports that apps, pods and Edge-LB pools declare, and the VIPs that their ports have.

Sources: mesosphere/marathon docs/docs/rest-api/public/api/v2 (appContainer.raml, network.raml, pod.raml),
``AppNormalization.scala``:60-95 (``ipAddress.discovery``); a port's VIP is a label ``VIP_…`` with the value
``/name:port`` or ``address:port`` (DC/OS docs, Load Balancing and Virtual IPs).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from calico_migrate.marathon.parsed import attachments

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_PROTOCOLS = {"tcp": 6, "udp": 17}


class Vip(NamedTuple):
    """A virtual address: a name without its leading ``/``, or an IP address, and a port."""

    name: str
    port: int

    def __str__(self) -> str:
        from calico_migrate.policy.cluster.addresses import is_address

        return f"vip:{'' if is_address(self.name) else '/'}{self.name}:{self.port}"


class Port(NamedTuple):
    """A port on which a task can be reached; ``protocol`` is an IANA number.

    ``number`` is None where it is assigned at launch.
    """

    number: int | None
    protocol: int
    name: str = ""
    vips: tuple[Vip, ...] = ()


def declared_ports(kind: str, value: Mapping[str, Any], mode: str, network: str | None) -> tuple[Port, ...]:
    """The ports of a definition, each once, as peers in its network reach them.

    ``mode`` is ``container``, ``bridge`` or ``host``; behind a bridge and on the host the host's port
    counts. ``network`` is the container network for which they are asked: a port that names others is not
    there.
    """
    if kind == "pod":
        found = _of_pod(value, mode, network)
    elif kind == "app":
        found = _of_app(value, mode, network)
    elif kind == "edgelb-pool":
        found = _of_pool(value)
    else:
        return ()
    merged: dict[tuple[int | None, int], Port] = {}
    for port in found:
        key = (port.number, port.protocol)
        known = merged.get(key)
        merged[key] = (
            port if known is None else known._replace(vips=tuple(dict.fromkeys(known.vips + port.vips)))
        )
    return tuple(merged.values())


def checked_ports(kind: str, value: Mapping[str, Any], mode: str, network: str | None) -> tuple[int, ...]:
    """The TCP ports that Marathon itself asks for an app's health, each once.

    Checks whose protocol begins with ``MESOS_`` or is ``COMMAND`` run on the agent; the others come from a
    master, to ``port``, or to the port of number ``portIndex`` (Marathon docs, Health checks).
    """
    checks = value.get("healthChecks")
    if kind != "app" or not isinstance(checks, list):
        return ()
    ports = [
        port.number
        for port in (_of_app(value, mode, None) if mode != "container" else _mapped(value, network))
    ]
    found: dict[int, None] = {}
    for check in _objects(checks):
        if check.get("protocol", "HTTP") not in ("HTTP", "HTTPS", "TCP"):
            continue
        number, index = check.get("port"), check.get("portIndex", 0)
        if number is None and isinstance(index, int) and 0 <= index < len(ports):
            number = ports[index]
        if isinstance(number, int) and not isinstance(number, bool) and 0 < number < 65536:
            found[number] = None
    return tuple(found)


def _mapped(value: Mapping[str, Any], network: str | None) -> Iterator[Port]:
    """A port for each mapping of an app, in their order; those of other networks without a number."""
    for _, mapping in attachments.port_mappings(value):
        number = mapping.get("containerPort")
        fixed = isinstance(number, int) and not isinstance(number, bool) and _is_on(mapping, network)
        yield Port(number if fixed else None, 6)


def parse_vip(text: str) -> Vip | None:
    """The VIP that ``/name:port``, ``name:port`` or ``address:port`` means, None where it means none."""
    name, colon, port = text.strip().rpartition(":")
    name = name.strip().strip("[]").strip("/")
    if (
        not colon
        or not name
        or not name.isprintable()
        or not (port.isascii() and port.isdigit())
        or not 0 < int(port) < 65536
    ):
        return None
    return Vip(name, int(port))


def _of_pod(value: Mapping[str, Any], mode: str, network: str | None) -> Iterator[Port]:
    for container in _objects(value.get("containers")):
        for endpoint in _objects(container.get("endpoints")):
            if not _is_on(endpoint, network):
                continue
            number = endpoint.get("containerPort") if mode == "container" else endpoint.get("hostPort")
            protocols = endpoint.get("protocol")
            names = (
                protocols if isinstance(protocols, list) else ["tcp"] if protocols is None else [protocols]
            )
            yield from _ports(number, names, endpoint)


def _of_app(value: Mapping[str, Any], mode: str, network: str | None) -> Iterator[Port]:
    if mode == "host":
        for definition in _objects(value.get("portDefinitions")):
            yield from _ports(definition.get("port"), _split(definition.get("protocol")), definition)
        numbers = value.get("ports")
        for number in numbers if isinstance(numbers, list) else ():
            yield from _ports(number, ["tcp"], {})
        return
    for _, mapping in attachments.port_mappings(value):
        if _is_on(mapping, network):
            number = mapping.get("containerPort") if mode == "container" else mapping.get("hostPort")
            yield from _ports(number, _split(mapping.get("protocol")), mapping)
    address = value.get("ipAddress")
    discovery = address.get("discovery") if isinstance(address, dict) else None
    if isinstance(discovery, dict):
        for port in _objects(discovery.get("ports")):
            yield from _ports(port.get("number"), _split(port.get("protocol")), port)


def _of_pool(value: Mapping[str, Any]) -> Iterator[Port]:
    """The ports on which an Edge-LB pool listens: its frontends, and its statistics."""
    haproxy = value.get("haproxy")
    if not isinstance(haproxy, dict):
        return
    for frontend in _objects(haproxy.get("frontends")):
        yield from _ports(frontend.get("bindPort"), ["tcp"], {"name": frontend.get("name")})
    stats = haproxy.get("stats")
    if isinstance(stats, dict):
        yield from _ports(stats.get("bindPort"), ["tcp"], {"name": "stats"})


def _ports(number: object, protocols: list[Any], holder: Mapping[str, Any]) -> Iterator[Port]:
    fixed = (
        number if isinstance(number, int) and not isinstance(number, bool) and 0 < number < 65536 else None
    )
    name = holder.get("name")
    labels = holder.get("labels")
    vips: list[Vip] = []
    for key, text in labels.items() if isinstance(labels, dict) else ():
        vip = parse_vip(text) if key.upper().startswith("VIP") and isinstance(text, str) else None
        if vip is not None:
            vips.append(vip)
    for protocol in protocols:
        known = _PROTOCOLS.get(protocol.strip().lower()) if isinstance(protocol, str) else None
        if known is not None:
            yield Port(fixed, known, name if isinstance(name, str) else "", tuple(vips))


def _split(protocol: object) -> list[Any]:
    """An app writes ``tcp``, ``udp`` or ``udp,tcp``; without a protocol it is TCP."""
    return protocol.split(",") if isinstance(protocol, str) and protocol else ["tcp"]


def _is_on(holder: Mapping[str, Any], network: str | None) -> bool:
    names = holder.get("networkNames")
    return not isinstance(names, list) or not names or network is None or network in names


def _objects(value: object) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for element in value:
            if isinstance(element, dict):
                yield element
