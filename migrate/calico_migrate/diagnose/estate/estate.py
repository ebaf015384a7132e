"""The cluster as the bundle shows it."""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from calico_core.addresses import parse_address
from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.bundle.undecided import Reason, UndecidedError
from calico_migrate.diagnose.estate.calico import (
    DEFAULT_POOL,
    CalicoNode,
    Endpoint,
    Pool,
    calico_node,
    endpoint_value,
    pool_value,
)
from calico_migrate.diagnose.estate.listed import Listed
from calico_migrate.diagnose.estate.machine import Machine
from calico_migrate.diagnose.estate.owning import nodes_of
from calico_migrate.diagnose.estate.parameters import Parameters
from calico_migrate.diagnose.estate.policies import ITEMS, Policies
from calico_migrate.diagnose.estate.workloads import Workloads
from calico_migrate.diagnose.logs.reading import Logs
from calico_migrate.diagnose.parsing.resources import parse_resources

if TYPE_CHECKING:
    from datetime import datetime

    from calico_migrate.diagnose.bundle.bundle import Bundle
    from calico_migrate.diagnose.estate.evidence import Evidence
    from calico_migrate.diagnose.parsing.nets import Net
    from calico_migrate.diagnose.parsing.routes import Route


class Block(NamedTuple):
    """A block of addresses as the nodes' routes show it: whose it is, and who says so by which route."""

    net: Net
    owner: str
    teller: Machine
    route: Route


class Estate:
    """The cluster: its machines, Calico's resources, its workloads.

    Facts raise UndecidedError where their items lack.
    """

    def __init__(self, bundle: Bundle, jobs: int = 1) -> None:
        self.bundle = bundle
        logs = Logs(bundle)
        self.machines = [Machine(bundle, node, logs) for node in bundle.nodes]
        bundle.release = self.release_numbers
        if self.calico != "none":
            logs.read_ahead(jobs)
        self.workloads = Workloads(self.machines)

    @property
    def masters(self) -> list[Machine]:
        """The masters."""
        return [machine for machine in self.machines if machine.is_master]

    @property
    def agents(self) -> list[Machine]:
        """The agents, public ones too."""
        return [machine for machine in self.machines if not machine.is_master]

    @cached_property
    def parameters(self) -> Parameters:
        """DC/OS' parameters, the masters' first."""
        return Parameters((*self.masters, *self.agents))

    @cached_property
    def release(self) -> str | None:
        """The release, the masters' where nodes differ; None where nothing says it."""
        for machines in (self.masters, self.agents):
            found = Counter(filter(None, (machine.version_if_known for machine in machines)))
            if found:
                return found.most_common(1)[0][0]
        return None

    @property
    def release_numbers(self) -> tuple[int, ...] | None:
        """The release as numbers, for comparisons."""
        match = re.match(r"(\d+)\.(\d+)(?:\.(\d+))?", self.release or "")
        return tuple(int(part) for part in match.groups() if part is not None) if match else None

    @cached_property
    def calico(self) -> str:
        """``on``, ``off`` (switched off), ``none`` (a release without it) or ``unknown``."""
        release = self.release_numbers
        if release is not None and release < (2, 1):
            return "none"
        switch = self.parameters.text("calico_enabled")
        if switch == "false":
            return "off"
        known = any(
            item.startswith(("dcos-calico-", "optmesospherebincalicoctl")) for machine in self.machines
            for item in machine.node.members
        )  # fmt: skip
        if known or switch == "true" or release is not None or self.bundle.errors:
            return "on"
        return "unknown"

    @cached_property
    def collected_at(self) -> datetime | None:
        """When the bundle was made: the middle one of the nodes' times."""
        times = sorted(machine.collected_at for machine in self.machines if machine.collected_at is not None)
        return times[len(times) // 2] if times else None

    @cached_property
    def mode(self) -> str:
        """``vxlan``, ``ipip``, ``off``, ``none`` or ``unknown``."""
        if self.calico in ("off", "none"):
            return self.calico
        try:
            enabled = [pool for pool in self.pools if not pool.disabled and pool.mode in ("vxlan", "ipip")]
        except UndecidedError:
            enabled = []
        enabled.sort(key=lambda pool: pool.name != DEFAULT_POOL)
        if enabled:
            return enabled[0].mode
        switch = self.parameters.text("calico_vxlan_enabled")
        if switch in ("true", "false"):
            return "vxlan" if switch == "true" else "ipip"
        for machine in self.machines:
            interfaces = machine.interfaces_if_known
            for name, mode in (("vxlan.calico", "vxlan"), ("tunl0", "ipip")):
                if name in interfaces and interfaces[name].inets:
                    return mode
        return "unknown"

    @cached_property
    def calico_networks(self) -> frozenset[str]:
        """The networks of containers that are Calico's: ``calico``, and those that have a pool of their
        name.
        """
        try:
            pools = {pool.name for pool in self.pools}
        except UndecidedError:
            pools = set()
        return frozenset({"calico"} | pools - {DEFAULT_POOL})

    @property
    def tunnel_device(self) -> str:
        """The name of the mode's tunnel device."""
        return "tunl0" if self.mode == "ipip" else "vxlan.calico"

    @property
    def single(self) -> bool:
        """Whether the bundle is of one node."""
        return self.bundle.single

    def listed(self, item: str) -> Listed:
        """A list of resources, of the first master that has it whole.

        Raises UndecidedError where none has.
        """
        found = self._lists.get(item)
        if found is None:
            found = self._read_list(item)
            self._lists[item] = found
        if isinstance(found, UndecidedError):
            raise found
        return found

    @cached_property
    def _lists(self) -> dict[str, Listed | UndecidedError]:
        return {}

    def _read_list(self, item: str) -> Listed | UndecidedError:
        problem: UndecidedError | None = None
        for machine in self.masters or self.machines:
            found = _list_of(machine, item)
            if isinstance(found, Listed):
                return found
            if problem is None or problem.reason is Reason.ABSENT:
                problem = found
        return problem or UndecidedError(item, Reason.ABSENT)

    @cached_property
    def nodes(self) -> list[CalicoNode]:
        """The Node resources."""
        return [calico_node(each) for each in self.listed(names.CALICO_NODES).resources.items]

    @cached_property
    def pools(self) -> list[Pool]:
        """The IPv4 pools."""
        found = (pool_value(each) for each in self.listed(names.CALICO_POOLS).resources.items)
        return [each for each in found if each is not None]

    @property
    def enabled_pools(self) -> list[Pool]:
        """The pools that give out addresses."""
        return [pool for pool in self.pools if not pool.disabled]

    @cached_property
    def endpoints(self) -> list[Endpoint]:
        """The workload endpoints."""
        return [endpoint_value(each) for each in self.listed(names.CALICO_ENDPOINTS).resources.items]

    @cached_property
    def policies(self) -> Policies:
        """Policies and profiles, with the endpoints that they select."""
        return Policies({kind: self.listed(item) for kind, item in ITEMS.items()}, self.endpoints)

    def about_node(self, node: CalicoNode, key: str = "name") -> Evidence:
        """The line of a Node resource."""
        return self.listed(names.CALICO_NODES).evidence(node.resource, key)

    def about_pool(self, pool: Pool, key: str = "cidr") -> Evidence:
        """The line of a pool."""
        return self.listed(names.CALICO_POOLS).evidence(pool.resource, key)

    def about_endpoint(self, endpoint: Endpoint, key: str = "name") -> Evidence:
        """The line of an endpoint."""
        return self.listed(names.CALICO_ENDPOINTS).evidence(endpoint.resource, key)

    @cached_property
    def by_machine(self) -> dict[str, CalicoNode]:
        """The Node resource of each machine that has one, by the machine's address."""
        return nodes_of(self.machines, self.nodes, self.tunnel_device, self.mode)

    def node_of(self, machine: Machine) -> CalicoNode | None:
        """The Node resource of a machine, None where it has none."""
        return self.by_machine.get(machine.address)

    @cached_property
    def strangers(self) -> list[CalicoNode]:
        """The Node resources that no machine of the bundle has."""
        claimed = {node.name for node in self.by_machine.values()}
        return [node for node in self.nodes if node.name not in claimed]

    @cached_property
    def mesos_agents(self) -> frozenset[str]:
        """The addresses of the agents that Mesos knows."""
        return self.workloads.agents

    @cached_property
    def blocks(self) -> list[Block]:
        """The blocks of all nodes as the routes of the others show them; addresses alone are borrowed ones.

        Each node lists the blocks of the other nodes, and in IPIP mode its own as black holes
        (projectcalico/felix v3.14.0 ``calc/l3_route_resolver.go:445-475``, confd ``bird_aggr.cfg.template``).
        """
        owners = {node.tunnel(self.mode): node.name for node in self.nodes if node.tunnel(self.mode)}
        owners.update({node.address: node.name for node in self.nodes} if self.mode == "ipip" else {})
        found: list[Block] = []
        for machine in self.machines:
            routes = machine.routes_if_known
            own = self.node_of(machine)
            for route in routes:
                if route.kind == "blackhole" and route.protocol == "bird" and own is not None:
                    found.append(Block(route.net, own.name, machine, route))
                elif route.device == self.tunnel_device and route.via:
                    found.append(Block(route.net, owners.get(route.via, route.via), machine, route))
        return found

    @cached_property
    def blocks_by_owner(self) -> dict[str, set[Net]]:
        """The nets of each Node resource's blocks, single addresses left out."""
        found: dict[str, set[Net]] = {}
        for block in self.blocks:
            if block.net.prefix < 32:
                found.setdefault(block.owner, set()).add(block.net)
        return found

    def pool_of(self, address: str) -> Pool | None:
        """The pool that holds an address; the smallest where several do."""
        number = parse_address(address)
        holding = [pool for pool in self.pools if number is not None and pool.net.holds(number)]
        return max(holding, key=lambda pool: pool.net.prefix) if holding else None


def _list_of(machine: Machine, item: str) -> Listed | UndecidedError:
    try:
        return Listed(machine, item, parse_resources(machine.text(item)))
    except UndecidedError as undecided:
        return undecided
    except ValueError:
        return UndecidedError(item, Reason.CUT)


class OneNode(NamedTuple):
    """A machine of a cluster: what a rule that judges node by node looks at."""

    machine: Machine
    estate: Estate
