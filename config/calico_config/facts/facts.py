"""What a config.yaml and the command line together say about the network: the facts that the rules judge.

Everything is worked out when it is first asked for, once. A value that the installer would refuse, or that
holds a placeholder, is None here: `installer_refuses` and `unresolved_placeholder` speak of it, and the other
rules have nothing to say.
"""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from calico_config.facts import known_ranges
from calico_config.facts.overlays import OverlayFacts
from calico_config.facts.parts import Pool, installer_integer
from calico_core.addresses import Points, Range, parse_address, parse_network, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from calico_config.facts.mtu import Cloud
    from calico_config.options import InstalledPool
    from calico_core.json.pointers import Path


def facts_of(text: str | bytes) -> Facts:
    """The facts of a ``config.yaml``'s text alone; where that is no configuration nothing is set."""
    from calico_config.document.reading import read_config
    from calico_config.options import Options

    return Facts(read_config(text), Options())


@lru_cache(maxsize=1)
def untouched() -> Facts:
    """The facts of a configuration that sets nothing: DC/OS' defaults."""
    from calico_config.document.document import ConfigDocument
    from calico_config.options import Options

    return Facts(ConfigDocument("{}", "utf-8"), Options())


class Facts(OverlayFacts):
    """The network as a config.yaml and the command line describe it."""

    link_local: Sequence[Range] = (known_ranges.LINK_LOCAL,)
    special: Sequence[Range] = known_ranges.SPECIAL
    docker0: Sequence[Range] = (known_ranges.DOCKER0,)
    docker_pools: Sequence[Range] = known_ranges.DOCKER_POOLS

    @cached_property
    def cloud(self) -> Cloud | None:
        """The cloud that the operator names, or that the resolvers give away."""
        from calico_config.facts.mtu import CLOUD_RESOLVERS, CLOUDS

        known = [item for item in self.json_list("resolvers") if isinstance(item, str)]
        found = next((CLOUD_RESOLVERS[item] for item in known if item in CLOUD_RESOLVERS), "")
        return CLOUDS.get(self.options.cloud or found)

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
    def installed(self) -> Sequence[tuple[InstalledPool, Range]]:
        """The IPv4 pools of the installed cluster, each with its addresses."""
        found: list[tuple[InstalledPool, Range]] = []
        for pool in self.options.pools or ():
            written = parse_network(pool.cidr)
            if written is not None:
                owner = f"the installed pool {pool.name}"
                found.append((pool, Range(*written.network, "pool", owner, "command", (), pool.cidr)))
        return found

    @property
    def installed_pools(self) -> Sequence[Range]:
        """The addresses of the installed cluster's IPv4 pools."""
        return [entry for _, entry in self.installed]

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
