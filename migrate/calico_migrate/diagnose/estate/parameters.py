"""DC/OS' parameters as the machines of a bundle have them."""

from __future__ import annotations

import json
from functools import cached_property
from typing import TYPE_CHECKING

from calico_config.facts.facts import facts_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calico_config.facts.facts import Facts
    from calico_migrate.diagnose.estate.machine import Machine

_OF_NETWORKS = (
    "calico_ipinip_mtu",
    "calico_network_cidr",
    "calico_vxlan_enabled",
    "calico_vxlan_mtu",
    "calico_vxlan_port",
    "calico_vxlan_vni",
    "dcos_l4lb_max_named_ip",
    "dcos_l4lb_min_named_ip",
    "dcos_overlay_enable",
    "dcos_overlay_network",
    "dcos_ucr_default_bridge_subnet",
    "dns_bind_ip_reserved",
)


class Parameters:
    """The parameters in the expanded configurations of machines, of which the first that says one counts."""

    def __init__(self, machines: Sequence[Machine]) -> None:
        self._machines = machines

    def said(self, name: str) -> tuple[Machine, str] | None:
        """A parameter, and the machine whose configuration says it; None where none does."""
        for machine in self._machines:
            config = machine.config_if_known
            if name in config:
                return machine, config[name]
        return None

    def text(self, name: str) -> str | None:
        """A parameter; None where nothing says it."""
        found = self.said(name)
        return found[1] if found is not None else None

    @cached_property
    def masters(self) -> list[str]:
        """The masters that are named; none with dynamic discovery."""
        try:
            found = json.loads(self.text("master_list") or "[]")
        except (ValueError, RecursionError):
            return []
        return [str(each) for each in found] if isinstance(found, list) else []

    @property
    def number_of_masters(self) -> int:
        """How many masters there are to be; 0 where nothing says it."""
        number = self.text("num_masters") or ""
        return int(number) if number.isdigit() and len(number) < 4 else len(self.masters)

    @cached_property
    def facts(self) -> Facts:
        """Which networks DC/OS and Calico have by them, and by DC/OS' defaults."""
        said = {name: self.text(name) for name in _OF_NETWORKS}
        return facts_of(json.dumps({name: text for name, text in said.items() if text is not None}))
