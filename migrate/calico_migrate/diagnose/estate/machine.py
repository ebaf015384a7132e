"""A node of the bundle, and what its items say of it."""

from __future__ import annotations

import json
import re
from functools import cached_property
from typing import TYPE_CHECKING, Any

from calico_core.addresses import parse_address
from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.bundle.bundle import Trouble
from calico_migrate.diagnose.bundle.undecided import Reason, UndecidedError, if_known
from calico_migrate.diagnose.estate.evidence import Evidence
from calico_migrate.diagnose.parsing import settings
from calico_migrate.diagnose.parsing.etcd import parse_etcd
from calico_migrate.diagnose.parsing.interfaces import parse_interfaces
from calico_migrate.diagnose.parsing.ipsets import parse_ipsets
from calico_migrate.diagnose.parsing.iptables import parse_iptables
from calico_migrate.diagnose.parsing.routes import parse_routes

if TYPE_CHECKING:
    from datetime import datetime

    from calico_migrate.diagnose.bundle.bundle import Bundle, Node
    from calico_migrate.diagnose.logs.reading import Logs
    from calico_migrate.diagnose.logs.scanning import Digest, Hit
    from calico_migrate.diagnose.parsing.etcd import Etcd
    from calico_migrate.diagnose.parsing.interfaces import Interface
    from calico_migrate.diagnose.parsing.ipsets import IpSet
    from calico_migrate.diagnose.parsing.iptables import Iptables
    from calico_migrate.diagnose.parsing.routes import Route


VIRTUAL = re.compile(r"(?:docker|br-|tun|vtep|spartan|minuteman|[dm]-|cali|vxlan|virbr|veth|lo\Z)")
"""The names of interfaces that are bridges, tunnels and the like."""


class Machine:
    """A node whose items are in the bundle.

    Every fact raises UndecidedError where its item cannot be used.
    """

    def __init__(self, bundle: Bundle, node: Node, logs: Logs) -> None:
        self.bundle = bundle
        self.node = node
        self.address = node.address
        self.role = node.role
        self._logs = logs

    def __repr__(self) -> str:
        return f"Machine({self.address}, {self.role})"

    @property
    def is_master(self) -> bool:
        """Whether it is a master."""
        return self.role == names.MASTER

    def has(self, item: str) -> bool:
        """Whether an item is there."""
        return item in self.node.members

    def failed(self, item: str) -> bool:
        """Whether the error report says that an item could not be collected here."""
        return self.bundle.failure(self.node, item) is not None

    def text(self, item: str) -> str:
        """An item's text."""
        return self.bundle.read(self.node, item).data.decode("utf-8", "replace")

    def document(self, item: str) -> Any:
        """A JSON item's value; one that ends early is a trouble, and undecided."""
        content = self.bundle.read(self.node, item)
        try:
            return json.loads(content.data.decode("utf-8", "replace"))
        except (ValueError, RecursionError) as error:
            nested = isinstance(error, RecursionError)
            self.bundle.add(
                Trouble(
                    "unreadable" if nested else "cut",
                    content.name,
                    self.address,
                    item,
                    "is nested too deeply" if nested else "ends early or is no JSON",
                )
            )
            raise UndecidedError(item, Reason.CUT) from None

    def evidence(self, item: str, line: int | None = None, text: str = "") -> Evidence:
        """A place in one of its items; one that is not there has the name that it would have."""
        member = self.node.members.get(item)
        if member is not None:
            return Evidence(member.name, line, text)
        folder = "" if self.bundle.form in ("node", "collector") else f"{self.address}_{self.role}/"
        return Evidence(f"{folder}{item}", None, text)

    def log(self, item: str) -> Digest:
        """What one of its logs says; raises UndecidedError where it is not there."""
        return self._logs.of(self.node, item)

    def quote(self, item: str, hit: Hit) -> Evidence:
        """A line of a log as evidence."""
        return self.evidence(item, hit.line, hit.text)._replace(focus=hit.focus)

    @cached_property
    def interfaces(self) -> dict[str, Interface]:
        """Its interfaces by name."""
        found = parse_interfaces(self.text(names.IP_ADDR))
        if not found:
            raise UndecidedError(names.IP_ADDR, Reason.CUT)
        return found

    @cached_property
    def addresses(self) -> frozenset[str]:
        """The IPv4 addresses of its interfaces."""
        return frozenset(inet.address for interface in self.interfaces.values() for inet in interface.inets)

    @cached_property
    def routes(self) -> list[Route]:
        """Its main table."""
        return parse_routes(self.text(names.IP_ROUTE))

    @cached_property
    def ipsets(self) -> dict[str, IpSet]:
        """Its IP sets; an optional command that failed leaves its error in the file."""
        found = parse_ipsets(self.text(names.IPSET))
        if not found:
            raise UndecidedError(names.IPSET, Reason.FAILED)
        return found

    @cached_property
    def iptables(self) -> Iptables:
        """Its rules."""
        found = parse_iptables(self.text(names.IPTABLES))
        if not found.tables:
            raise UndecidedError(names.IPTABLES, Reason.CUT)
        return found

    @cached_property
    def sysctl(self) -> dict[str, settings.Setting]:
        """Its kernel's settings."""
        return settings.parse_sysctl(self.text(names.SYSCTL))

    @cached_property
    def units(self) -> dict[str, settings.Unit]:
        """The units of DC/OS that are loaded and not inactive."""
        found = settings.parse_units(self.text(names.UNITS))
        if not found:
            raise UndecidedError(names.UNITS, Reason.CUT)
        return found

    @cached_property
    def time_settings(self) -> dict[str, settings.Setting]:
        """What ``timedatectl`` says."""
        return settings.parse_colons(self.text(names.TIMEDATECTL))

    @cached_property
    def collected_at(self) -> datetime | None:
        """When its items were collected, None where nothing says it."""
        try:
            return settings.universal_time(self.time_settings)
        except UndecidedError:
            return None

    @cached_property
    def processes(self) -> list[str]:
        """The lines of ``ps``, the head among them."""
        return self.text(names.PROCESSES).splitlines()

    @cached_property
    def disks(self) -> list[settings.Disk]:
        """Its file systems."""
        return settings.parse_disks(self.text(names.DISKS))

    @cached_property
    def health(self) -> dict[str, dict[str, Any]]:
        """The health report's units by name."""
        value = self.document(names.HEALTH)
        units = value.get("units") if isinstance(value, dict) else None
        return {
            str(unit.get("id")): unit
            for unit in (units if isinstance(units, list) else ())
            if isinstance(unit, dict)
        }

    @cached_property
    def detected(self) -> list[str]:
        """The lines of ``detect_ip``."""
        return [line.strip() for line in self.text(names.DETECT_IP).splitlines() if line.strip()]

    @cached_property
    def config(self) -> dict[str, str]:
        """The expanded configuration, as strings."""
        value = self.document(names.EXPANDED_CONFIG)
        return {str(key): _as_text(entry) for key, entry in value.items()} if isinstance(value, dict) else {}

    @cached_property
    def version(self) -> str:
        """The release that runs here."""
        value = self.document(names.VERSION)
        version = value.get("version") if isinstance(value, dict) else None
        if not isinstance(version, str) or not version:
            raise UndecidedError(names.VERSION, Reason.CUT)
        return version

    @property
    def version_if_known(self) -> str | None:
        """The release that runs here, None where nothing says it."""
        return if_known(lambda: self.version)

    @property
    def config_if_known(self) -> dict[str, str]:
        """The expanded configuration, empty where it is missing."""
        return if_known(lambda: self.config) or {}

    @property
    def interfaces_if_known(self) -> dict[str, Interface]:
        """Its interfaces, none where they are missing."""
        return if_known(lambda: self.interfaces) or {}

    @property
    def global_addresses_if_known(self) -> frozenset[str]:
        """The addresses of its physical interfaces, none where they are missing."""
        return frozenset(
            inet.address
            for name, interface in self.interfaces_if_known.items()
            if not VIRTUAL.match(name)
            for inet in interface.inets
        )

    @property
    def routes_if_known(self) -> list[Route]:
        """Its main table, empty where it is missing."""
        return if_known(lambda: self.routes) or []

    @property
    def etcd_members_if_known(self) -> frozenset[str]:
        """The addresses of etcd's members by the master's word, none where that is missing."""
        return frozenset((if_known(lambda: self.etcd.members) or {}).values())

    @cached_property
    def etcd(self) -> Etcd:
        """What the master's etcd says."""
        return parse_etcd(self.text(names.ETCD))

    @cached_property
    def nic(self) -> Interface | None:
        """The interface with the node's address."""
        wanted = {self.address, *self.known_addresses}
        return next(
            (
                interface
                for interface in self.interfaces.values()
                if any(inet.address in wanted for inet in interface.inets)
            ),
            None,
        )

    @property
    def known_addresses(self) -> tuple[str, ...]:
        """The addresses that are its own by name: its folder's, and the one that ``detect_ip`` prints."""
        try:
            detected = tuple(line for line in self.detected if parse_address(line) is not None)
        except UndecidedError:
            detected = ()
        return tuple(dict.fromkeys((self.address, *detected)))


def _as_text(value: Any) -> str:
    if isinstance(value, str):
        return value
    return json.dumps(value) if isinstance(value, (dict, list)) else str(value).lower()
