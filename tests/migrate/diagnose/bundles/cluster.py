"""A cluster as its bundle would show it, with everything consistent; faults change it before it is written.

Nodes, tunnel addresses, interfaces, routes, IP sets, MACs, endpoints, tasks and containers fit together as
those of a cluster do. `Cluster.change` and `Cluster.fail` touch single items afterwards.
"""

from __future__ import annotations

import hashlib
import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

VXLAN, IPIP = "vxlan", "ipip"


@dataclass
class Node:
    """A machine: its address, role, and the number of its block in the pool."""

    address: str
    role: str
    block: int
    nic_mtu: int = 1500
    tunnel_mtu: int = 0
    calico_name: str = ""
    calico_address: str = ""
    has_tunnel: bool = True

    @property
    def folder(self) -> str:
        return f"{self.address}_{self.role}"

    @property
    def is_master(self) -> bool:
        return self.role == "master"

    @property
    def name(self) -> str:
        return self.calico_name or self.address


@dataclass
class Pool:
    """An IP pool; ``first`` are the first two numbers of its addresses."""

    name: str
    cidr: str
    vxlan: str
    ipip: str
    annotations: dict[str, str] = field(default_factory=dict)
    disabled: bool = False
    selector: str = "all()"
    block_size: int = 26


@dataclass
class Container:
    """A running task on Calico, and its endpoint."""

    app: str
    node: Node
    address: str
    runtime: str
    number: int
    labels: dict[str, str]
    profiles: list[str] = field(default_factory=lambda: ["calico"])
    endpoint_address: str = ""
    has_endpoint: bool = True

    @property
    def container_id(self) -> str:
        text = hashlib.md5(f"{self.app}{self.number}".encode()).hexdigest()
        return f"{text[:8]}-{text[8:12]}-4{text[13:16]}-9{text[17:20]}-{text[20:32]}"

    @property
    def endpoint_id(self) -> str:
        return hashlib.sha256(f"{self.app}{self.number}".encode()).hexdigest()

    @property
    def interface(self) -> str:
        return "cali" + (self.endpoint_id if self.runtime == "docker" else self.container_id)[:11]


@dataclass
class App:
    """An app or pod of Marathon: ``network`` is a network's name, or ``host``."""

    id: str
    network: str
    runtime: str = "ucr"
    instances: int = 2
    labels: dict[str, str] = field(default_factory=dict)
    host_port: int | None = None
    vip: str = ""
    task_network: str = ""


class Cluster:
    """Three masters, four agents and a public one; one block and tunnel address each."""

    def __init__(
        self, release: str = "2.2.1", mode: str = VXLAN, *, calico: bool = True, seed: int = 0
    ) -> None:
        chance = random.Random(seed)
        self.release = release
        self.mode = mode
        self.switched_on = calico
        middle = "0.1" if seed == 0 else f"{chance.randrange(1, 250)}.{chance.randrange(1, 250)}"
        self.base = f"10.{middle}"
        self.pool_base = "172.29" if seed == 0 else f"172.{chance.randrange(20, 31)}"
        self.collected = "2020-06-01 12:34:56"
        self.nodes = [
            *(Node(f"{self.base}.{number}", "master", number) for number in (1, 2, 3)),
            *(Node(f"{self.base}.{number}", "agent", number) for number in (21, 22, 23, 24)),
            Node(f"{self.base}.31", "agent_public", 31),
        ]
        own = "Always" if mode == VXLAN else "Never"
        self.pools = [
            Pool(
                "default-ipv4-ippool",
                f"{self.pool_base}.0.0/16",
                own,
                "Never" if mode == VXLAN else "Always",
                {
                    "org.projectcalico.label.network.ID": "8f0f7d7c1c0f4f6e" * 4,
                    "org.projectcalico.label.profile": "calico",
                },
            )
        ]
        self.config = {
            "calico_network_cidr": f"{self.pool_base}.0.0/16",
            "calico_vxlan_enabled": "true" if mode == VXLAN else "false",
            "calico_vxlan_mtu": "1450",
            "calico_ipinip_mtu": "1480",
            "calico_vxlan_port": "64000",
            "calico_vxlan_vni": "4096",
            "calico_veth_mtu": "1500",
            "dcos_overlay_enable": "true",
            "num_masters": "3",
            "provider": "onprem",
        }
        if release >= "2.1.2":
            self.config["calico_enabled"] = "true" if calico else "false"
        suffix = "" if seed == 0 else f"-{chance.randrange(1000)}"
        calico_network = "calico" if self.has_calico else "dcos"
        self.apps = [
            App(f"/shop/web{suffix}", calico_network, instances=4, labels={"role": "web"}),
            App(f"/shop/api{suffix}", calico_network, instances=4, labels={"role": "api"}),
            App(f"/shop/cache{suffix}", calico_network, "docker", 4, {"role": "cache"}),
            App(f"/old/one{suffix}", "dcos", vip="/one:80"),
            App(f"/old/two{suffix}", "dcos"),
            App(f"/host/agent{suffix}", "host", instances=1),
        ]
        self.policies: list[dict[str, object]] = []
        self.global_policies: list[dict[str, object]] = []
        self.profiles: dict[str, dict[str, object]] = {
            "calico": {
                "egress": [{"action": "Allow", "destination": {}, "source": {}}],
                "ingress": [{"action": "Allow", "destination": {}, "source": {}}],
                "labelsToApply": {"calico": ""},
            }
        }
        self.containers: list[Container] = []
        if self.has_calico:
            self.start()
        self.extra_nodes: list[tuple[str, str, str]] = []
        self.etcd_members = {f"etcd-{node.address}": node.address for node in self.masters}
        self.changes: list[tuple[str, str, Callable[[str], str | None]]] = []
        self.errors: list[tuple[str, str, str, bool]] = []
        self.missing_nodes: dict[str, str] = {}
        self.bird: dict[str, list[str]] = {}
        self.down_pairs: set[frozenset[str]] = set()

    @property
    def has_calico(self) -> bool:
        return self.release >= "2.1" and self.switched_on

    @property
    def masters(self) -> list[Node]:
        return [node for node in self.nodes if node.is_master]

    @property
    def agents(self) -> list[Node]:
        return [node for node in self.nodes if not node.is_master]

    def node(self, last: int) -> Node:
        """The node whose address ends in a number."""
        return next(node for node in self.nodes if node.address.endswith(f".{last}"))

    def tunnel(self, node: Node) -> str:
        return f"{self.pool_base}.{node.block}.0"

    def block(self, node: Node) -> str:
        return f"{self.pool_base}.{node.block}.0/26"

    def start(self) -> None:
        """Starts the containers of all apps on Calico, anew."""
        self.containers = []
        used = dict.fromkeys((node.address for node in self.nodes), 0)
        number = 0
        for app in self.apps:
            if app.network != "calico":
                continue
            for _ in range(app.instances):
                node = self.agents[number % len(self.agents)]
                used[node.address] += 1
                address = f"{self.pool_base}.{node.block}.{used[node.address]}"
                self.containers.append(
                    Container(app.id, node, address, app.runtime, number, dict(app.labels))
                )
                number += 1

    def change(self, node: Node | None, item: str, how: Callable[[str], str | None]) -> Cluster:
        """Changes an item's text on a node, or on every one; None takes the item away."""
        self.changes.append((node.address if node is not None else "", item, how))
        return self

    def replace(self, node: Node | None, item: str, old: str, new: str) -> Cluster:
        """Puts one text in the place of another, which must be there."""

        def how(text: str) -> str:
            assert old in text, f"{item} has no {old!r}"
            return text.replace(old, new)

        return self.change(node, item, how)

    def append(self, node: Node | None, item: str, *lines: str, stamp: str | None = None) -> Cluster:
        """Adds lines at the end of a log, each with the time of collection."""
        head = f"{stamp or self.collected}.5 +0000 UTC " if item.endswith(".service") else ""
        return self.change(node, item, lambda text: text + "".join(f"{head}{line}\n" for line in lines))

    def remove(self, node: Node | None, item: str) -> Cluster:
        """Takes an item away without a word."""
        return self.change(node, item, lambda _: None)

    def fail(self, node: Node, item: str, reason: str = "exit status 1") -> Cluster:
        """Lets an item's command fail: no file, a line in the error report."""
        self.remove(node, item)
        self.errors.append((node.address, item, reason, False))
        return self

    def set(self, what: object, **values: object) -> Cluster:
        """Changes attributes of one of its parts."""
        for name, value in values.items():
            setattr(what, name, value)
        return self

    def felix(self, node: Node, *lines: str, level: str = "WARNING", stamp: str | None = None) -> Cluster:
        """Adds lines of Felix to a node's journal."""
        return self.append(
            node,
            "dcos-calico-felix.service",
            *(f"2020-06-01 12:34:56.788 [{level}][1834] {line}" for line in lines),
            stamp=stamp,
        )


def mac_of(name: str) -> str:
    """The MAC that Felix gives a node's VXLAN device, computed apart from the product."""
    return "66:" + ":".join(hashlib.sha1(name.encode()).hexdigest()[n : n + 2] for n in range(0, 10, 2))
