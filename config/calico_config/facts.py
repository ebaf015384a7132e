"""What a config.yaml and the command line together say about the network: the facts that the rules judge.

Everything is worked out when it is first asked for, once. A value that the installer would refuse, or that
holds a placeholder, is None here: `installer_refuses` and `unresolved_placeholder` speak of it, and the other
rules have nothing to say.
"""

from __future__ import annotations

from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from calico_config import known_ranges
from calico_config.address_space import (
    Points,
    Range,
    WrittenNetwork,
    parse_address,
    parse_network,
    text_of,
)
from calico_config.parameters import default_text, parameter, parse_release

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import TypedDict

    from calico_config.options import Options
    from calico_config.parameters import Release
    from calico_config.reading import ConfigDocument
    from calico_config.refusals import Refused

if TYPE_CHECKING:

    class Place(TypedDict, total=False):
        """Keyword arguments for a finding: where it is."""

        line: int
        column: int
        pointer: str


Path = tuple["str | int", ...]

_TRUE = frozenset({"true", "yes", "on", "y", "1"})
_FALSE = frozenset({"false", "no", "off", "n", "0"})

NUMBERS: tuple[str, ...] = (
    "calico_veth_mtu",
    "calico_vxlan_mtu",
    "calico_ipinip_mtu",
    "calico_vxlan_port",
    "calico_vxlan_vni",
    "dcos_overlay_mtu",
)
"""The numbers that the rules judge."""


class Pool:
    """The value of ``calico_network_cidr`` in effect, as text, as addresses and as it was written."""

    __slots__ = (
        "range",
        "text",
        "written",
    )

    def __init__(self, text: str, range: Range, written: WrittenNetwork) -> None:  # noqa: A002
        self.text = text
        self.range = range
        self.written = written


class Number:
    """A numeric parameter in effect: the installer's text, its number, and whether the file sets it."""

    __slots__ = (
        "is_set",
        "name",
        "text",
        "value",
    )

    def __init__(self, name: str, text: str, value: int, is_set: bool) -> None:
        self.name = name
        self.text = text
        self.value = value
        self.is_set = is_set


class Network6:
    """An IPv6 network of an overlay as numbers, with its overlay's name, its text and the path to it."""

    __slots__ = (
        "first",
        "last",
        "owner",
        "path",
        "text",
    )

    def __init__(self, first: int, last: int, owner: str, text: str, path: Path) -> None:
        self.first = first
        self.last = last
        self.owner = owner
        self.text = text
        self.path = path


class Overlay:
    """One entry of ``overlays``: its JSON fields as they are, and the path to it in the file."""

    __slots__ = (
        "fields",
        "path",
    )

    def __init__(self, fields: dict[str, Any], path: Path) -> None:
        self.fields = fields
        self.path = path

    @property
    def name(self) -> str:
        """Its name for a human."""
        return str(self.fields.get("name", "without a name"))

    @property
    def enabled(self) -> bool:
        """Whether it is in use."""
        return self.fields.get("enabled", True) not in (False, 0)


@cache
def _default_overlay_network() -> dict[str, Any]:
    """What DC/OS configures without anybody asking; shared, never changed."""
    import json

    value: dict[str, Any] = json.loads(default_text("dcos_overlay_network") or "{}")
    return value


def installer_integer(text: str) -> int | None:
    """``int(text)`` as the installer's Python 3.6 does it, None where that raises."""
    try:
        return int(text)
    except ValueError:
        digits = text.strip().lstrip("+-")
        if len(digits) > 4000 and digits.isdecimal() and len(text.strip()) - len(digits) <= 1:
            from calico_config.reading_scalars import parse_decimal

            return parse_decimal(digits) * (-1 if text.strip().startswith("-") else 1)
        return None


class Facts:
    """The network as a config.yaml and the command line describe it."""

    link_local: Sequence[Range] = (known_ranges.LINK_LOCAL,)
    special: Sequence[Range] = known_ranges.SPECIAL
    docker0: Sequence[Range] = (known_ranges.DOCKER0,)
    docker_pools: Sequence[Range] = known_ranges.DOCKER_POOLS

    def __init__(self, document: ConfigDocument, options: Options) -> None:
        self.document = document
        self.options = options
        self.release: Release = parse_release(options.dcos_version or "")
        self.refusals: Sequence[Refused] = ()
        # Set while findings are only counted: finding a place in a long text takes time.
        self.placeless = False
        self._numbers: dict[str, Number | None] = {}
        self.unresolved = frozenset(
            placeholder.name for placeholder in document.placeholders if placeholder.name is not None
        )

    # Values

    def is_set(self, name: str) -> bool:
        """Whether the file sets a parameter."""
        return name in self.document.settings

    def text(self, name: str) -> str | None:
        """What the installer makes of a parameter's value; None where it is not set or unusable."""
        setting = self.document.settings.get(name)
        return None if setting is None or name in self.unresolved else setting.text

    def usable(self, name: str) -> bool:
        """Whether a parameter has a value that means something: not set (the default), or a text."""
        return not self.is_set(name) or self.text(name) is not None

    def flag(self, name: str, default: bool) -> bool:
        """A truth value, spelled as anybody might mean it; the default where it says neither."""
        text = (self.text(name) or "").strip().lower()
        return True if text in _TRUE else False if text in _FALSE else default

    def number(self, name: str) -> Number | None:
        """A numeric parameter, None where the installer refuses its value or cannot read it."""
        if name not in self._numbers:
            self._numbers[name] = self._number(name)
        return self._numbers[name]

    def _number(self, name: str) -> Number | None:
        entry = parameter(name)
        if entry is None:
            raise KeyError(name)
        if not self.is_set(name):
            default = entry.default or "0"
            return Number(name, default, int(default), is_set=False)
        text = self.text(name)
        value = installer_integer(text) if text is not None else None
        if text is None or value is None:
            return None
        if (entry.minimum is not None and value < entry.minimum) or (
            entry.maximum is not None and value > entry.maximum
        ):
            return None
        return Number(name, text, value, is_set=True)

    def default(self, name: str) -> str | None:
        """What applies where nobody sets a networking parameter."""
        return default_text(name, self.release)

    def json_list(self, name: str) -> list[Any]:
        """The entries of a list parameter; empty where it is not set or no list."""
        if not self.is_set(name):
            return []
        try:
            value = self.document.json(name)
        except ValueError:
            return []
        return value if isinstance(value, list) else []

    # Places

    def place(self, *path: str | int, key: bool = False) -> Place:
        """Where a value (or, with ``key``, a key) stands in the file; nothing where it does not."""
        if self.placeless or not path or path[0] not in self.document.settings:
            return {}
        name, *inner = path
        locate = self.document.locate_key if key else self.document.locate
        span = locate(str(name), *inner)
        return {"line": span.line, "column": span.column, "pointer": pointer_of(path)}

    def place_of(self, *ranges: Range) -> Place:
        """Where the first of the ranges that stands in the file does."""
        for entry in ranges:
            if entry.path:
                return self.place(*entry.path)
        return {}

    # Switches

    @cached_property
    def calico_on(self) -> bool:
        """Whether Calico will run; a release that does not know calico_enabled always runs it."""
        entry = parameter("calico_enabled")
        known = entry is not None and entry.since <= self.release
        return not known or self.flag("calico_enabled", default=True)

    @cached_property
    def vxlan(self) -> bool:
        """Whether Calico uses VXLAN; IP-in-IP otherwise."""
        return self.flag("calico_vxlan_enabled", default=True)

    @cached_property
    def overlay_on(self) -> bool:
        """Whether the DC/OS overlay will run."""
        return self.flag("dcos_overlay_enable", default=True)

    @property
    def tunnel_mtu_name(self) -> str:
        """The parameter of the tunnel that is really used."""
        return "calico_vxlan_mtu" if self.vxlan else "calico_ipinip_mtu"

    @property
    def mode(self) -> str:
        """The tunnel that is really used, for a human."""
        return "VXLAN" if self.vxlan else "IP-in-IP"

    # Calico's pool

    @cached_property
    def cidr(self) -> Pool | None:
        """The pool of a running Calico; None where there is none, or where its value is refused."""
        if not self.calico_on or not self.usable("calico_network_cidr"):
            return None
        text = self.text("calico_network_cidr")
        is_set = text is not None
        text = known_ranges.CALICO_DEFAULT if text is None else text
        written = parse_network(text)
        if written is None:
            return None
        return Pool(
            text,
            Range(
                *written.network,
                "calico",
                "Calico's pool",
                "file" if is_set else "default",
                ("calico_network_cidr",) if is_set else (),
                str(written.network),
            ),
            written,
        )

    @property
    def pool_name(self) -> str:
        """Calico's pool, for a human: what is set, or that the default applies."""
        if self.cidr is None or self.is_set("calico_network_cidr"):
            return f"calico_network_cidr {self.cidr.text if self.cidr else ''}".rstrip()
        return f"Calico's default pool {self.cidr.text} (calico_network_cidr is not set)"

    # The DC/OS overlay

    @cached_property
    def overlay_parameter(self) -> str:
        """The parameter that the overlay's configuration comes from."""
        name = "dcos_overlay_network_json"
        return name if self.is_set(name) else "dcos_overlay_network"

    @cached_property
    def overlay_network(self) -> dict[str, Any] | None:
        """The overlay's configuration in effect, None where it is no mapping or cannot be read."""
        name = self.overlay_parameter
        if not self.is_set(name):
            return _default_overlay_network()
        try:
            value = self.document.json(name)
        except ValueError:
            return None
        return value if isinstance(value, dict) else None

    @property
    def overlay_is_set(self) -> bool:
        """Whether the file sets the overlay's configuration."""
        return self.is_set(self.overlay_parameter)

    @cached_property
    def overlays(self) -> Sequence[Overlay]:
        """The entries of ``overlays`` that are mappings."""
        entries = (self.overlay_network or {}).get("overlays")
        if not isinstance(entries, list):
            return ()
        return [
            Overlay(entry, self._overlay_path("overlays", index))
            for index, entry in enumerate(entries)
            if isinstance(entry, dict)
        ]

    def _overlay_path(self, *steps: str | int) -> Path:
        return (self.overlay_parameter, *steps) if self.overlay_is_set else ()

    @cached_property
    def overlay_ranges(self) -> Sequence[Range]:
        """The IPv4 subnets of all overlays, disabled ones too."""
        return [entry for entry, _ in self._overlay_pairs()]

    @cached_property
    def enabled_overlay_ranges(self) -> Sequence[Range]:
        """The IPv4 subnets of the overlays in use; none while the overlay is off."""
        return [entry for entry, overlay in self._overlay_pairs() if self.overlay_on and overlay.enabled]

    def _overlay_pairs(self) -> Iterator[tuple[Range, Overlay]]:
        origin = "file" if self.overlay_is_set else "default"
        for overlay in self.overlays:
            subnet = overlay.fields.get("subnet")
            written = parse_network(subnet) if isinstance(subnet, str) else None
            if written is not None:
                path = (*overlay.path, "subnet") if overlay.path else ()
                network = written.network
                name = f"overlay network {overlay.name}"
                yield Range(*network, "overlay", name, origin, path, str(network)), overlay

    @cached_property
    def installer_overlay_ranges(self) -> Sequence[Range]:
        """The subnets that the installer compares with Calico's network, bare numbers included."""
        from calico_config.installer.python36 import ip_network

        name = "dcos_overlay_network"
        try:
            value = self.document.json(name) if self.is_set(name) else None
        except ValueError:
            return ()
        entries = value.get("overlays") if isinstance(value, dict) else None
        found: list[Range] = []
        for index, entry in enumerate(entries if isinstance(entries, list) else ()):
            if isinstance(entry, dict) and "subnet" in entry:
                network = ip_network(entry["subnet"])
                if network is not None and network.version == 4:
                    owner = f"overlay network {entry.get('name', 'without a name')}"
                    path = (name, "overlays", index, "subnet")
                    found.append(
                        Range(network.first, network.last, "overlay", owner, "file", path, str(network))
                    )
        return found

    @cached_property
    def overlay_networks6(self) -> Sequence[Network6]:
        """The IPv6 subnets of all overlays in the file, disabled ones too."""
        from ipaddress import IPv6Network

        found: list[Network6] = []
        for overlay in self.overlays:
            subnet = overlay.fields.get("subnet6")
            if not isinstance(subnet, str) or not overlay.path:
                continue
            try:
                network = IPv6Network(subnet)
            except ValueError:
                continue
            first = int(network.network_address)
            last = int(network.broadcast_address)
            found.append(Network6(first, last, overlay.name, subnet, (*overlay.path, "subnet6")))
        return found

    @cached_property
    def vtep_ranges(self) -> Sequence[Range]:
        """The addresses of the overlay's tunnel endpoints, also while the overlay is off."""
        subnet = (self.overlay_network or {}).get("vtep_subnet")
        written = parse_network(subnet) if isinstance(subnet, str) else None
        if written is None:
            return ()
        origin = "file" if self.overlay_is_set else "default"
        path = self._overlay_path("vtep_subnet")
        owner = "the overlay's VTEPs (vtep_subnet)"
        return (Range(*written.network, "vtep", owner, origin, path, str(written.network)),)

    @property
    def active_vtep_ranges(self) -> Sequence[Range]:
        """The addresses of the overlay's tunnel endpoints while the overlay is on."""
        return self.vtep_ranges if self.overlay_on else ()

    # Other ranges of DC/OS

    @cached_property
    def vip_ranges(self) -> Sequence[Range]:
        """The named VIPs, none where the range is turned around or refused."""
        names = ("dcos_l4lb_min_named_ip", "dcos_l4lb_max_named_ip")
        if not all(self.usable(name) for name in names):
            return ()
        texts = [
            self.text(name) or default for name, default in zip(names, known_ranges.VIPS_DEFAULT, strict=True)
        ]
        first, last = (parse_address(text) for text in texts)
        if first is None or last is None or first > last:
            return ()
        is_set = [name for name in names if self.is_set(name)]
        return (
            Range(
                first,
                last,
                "vips",
                "the named VIPs (dcos_l4lb_min_named_ip to max)",
                "file" if is_set else "default",
                (is_set[0],) if is_set else (),
                text_of(first, last),
            ),
        )

    @cached_property
    def bridge_ranges(self) -> Sequence[Range]:
        """The subnet of the UCR bridge."""
        name = "dcos_ucr_default_bridge_subnet"
        if not self.usable(name):
            return ()
        written = parse_network(self.text(name) or known_ranges.BRIDGE_DEFAULT)
        if written is None:
            return ()
        is_set = self.is_set(name)
        owner = "the UCR bridge (dcos_ucr_default_bridge_subnet)"
        origin, path = ("file", (name,)) if is_set else ("default", ())
        return (Range(*written.network, "bridge", owner, origin, path, str(written.network)),)

    @cached_property
    def dns_addresses(self) -> Sequence[Range]:
        """The addresses of dcos-dns on every node."""
        name = "dns_bind_ip_reserved"
        found = [known_ranges.DNS_ADDRESSES]
        if not self.is_set(name):
            found.append(known_ranges.DNS_RESERVED)
        found.extend(self._addresses(name, "dns", f"dcos-dns ({name})"))
        return found

    # Machines

    @cached_property
    def masters(self) -> Sequence[Range]:
        """The masters' addresses in the file."""
        return list(self._addresses("master_list", "master", "master"))

    @cached_property
    def agents(self) -> Sequence[Range]:
        """The agents' addresses in the file and on the command line."""
        found = [
            *self._addresses("agent_list", "agent", "agent"),
            *self._addresses("public_agent_list", "agent", "public agent"),
        ]
        for text in self.options.agents:
            number = parse_address(text)
            if number is not None:
                found.append(Range(number, number, "agent", "agent", "command", (), text))
        return found

    @cached_property
    def nodes(self) -> Points:
        """Masters and agents by address."""
        return Points([*self.masters, *self.agents])

    @cached_property
    def resolvers(self) -> Sequence[Range]:
        """The upstream DNS servers."""
        if not self.is_set("resolvers"):
            return known_ranges.RESOLVERS_DEFAULT
        return list(self._addresses("resolvers", "resolver", "resolver"))

    def _addresses(self, name: str, kind: str, owner: str) -> Iterator[Range]:
        for index, entry in enumerate(self.json_list(name)):
            if isinstance(entry, str):
                number = parse_address(entry.partition(":")[0])
                if number is not None:
                    yield Range(number, number, kind, owner, "file", (name, index), entry)

    @cached_property
    def services(self) -> Sequence[Range]:
        """Addresses of what the nodes talk to: bootstrap, ZooKeeper, load balancer, proxies, registries."""
        found: list[Range] = []
        for name in (
            "bootstrap_url",
            "exhibitor_zk_hosts",
            "exhibitor_address",
            "master_external_loadbalancer",
            "http_proxy",
            "https_proxy",
            "cluster_docker_registry_url",
            "exhibitor_bootstrap_ca_url",
        ):
            text = self.text(name)
            if text is None:
                continue
            for host in _hosts(text):
                found.extend(_service(host, name, (name,)))
        if self.is_set("dns_forward_zones"):
            try:
                zones = self.document.json("dns_forward_zones")
            except ValueError:
                zones = None
            for zone, servers in zones.items() if isinstance(zones, dict) else ():
                for index, server in enumerate(servers if isinstance(servers, list) else ()):
                    address = server[0] if isinstance(server, list) and server else server
                    if isinstance(address, str):
                        path = ("dns_forward_zones", zone, index)
                        found.extend(_service(address.partition(":")[0], "dns_forward_zones", path))
        return found

    @property
    def reserved(self) -> Sequence[Range]:
        """What the operator reserved on the command line."""
        return self.options.reserved

    @cached_property
    def node_count(self) -> int:
        """How many nodes there are at least, masters included: ``--nodes``, or what is listed."""
        if self.options.nodes is not None:
            return self.options.nodes
        return self.master_count + max(self.agent_count, 1)

    @cached_property
    def master_count(self) -> int:
        """How many masters the file speaks of, at least one."""
        listed = len(self.json_list("master_list"))
        number = installer_integer(self.text("num_masters") or "")
        return max(listed, number if number is not None and number < 100 else 0, 1)

    @cached_property
    def agent_count(self) -> int:
        """How many different agents are listed in the file and on the command line."""
        names = {
            entry if isinstance(entry, str) else str(entry)
            for name in ("agent_list", "public_agent_list")
            for entry in self.json_list(name)
        }
        return len(names.union(self.options.agents))


def _hosts(text: str) -> Iterator[str]:
    """The hosts in a URL, or in a list such as ``10.0.0.1:2181,10.0.0.2:2181``."""
    _, has_scheme, rest = text.partition("://")
    authority = (rest if has_scheme else text).partition("/")[0].rpartition("@")[2]
    for entry in authority.split(","):
        yield entry.strip().partition(":")[0]


def _service(address: str, parameter: str, path: Path) -> Iterator[Range]:
    number = parse_address(address)
    # 0.0.0.0 and loopback addresses mean the node itself.
    if number is not None and number >> 24 not in (0, 127):
        yield Range(number, number, "service", parameter, "file", path, address)


def pointer_of(path: Sequence[str | int]) -> str:
    """The RFC 6901 pointer of a path."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)
