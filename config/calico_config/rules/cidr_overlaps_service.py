"""The pool contains the address of a service that the nodes need.

The file itself names addresses that nodes talk to: the bootstrap machine, ZooKeeper, the masters' load
balancer, proxies, the servers in `dns_forward_zones`. Calico routes the addresses of its pool into its
tunnel, and the service behind them is gone. Where DC/OS does not read the parameter (a proxy without
`use_proxy: true`, say), that is a warning: the machine may well exist, but DC/OS does not need it.

Example:
    exhibitor_storage_backend: zookeeper
    exhibitor_zk_hosts: 172.29.3.4:2181

Choose another network for Calico.
"""

from calico_config.facts.facts import Facts
from calico_core.findings import Severity
from calico_core.rules import Findings, error

RULE = error(__name__, source="dcos/dcos gen/calc.py; projectcalico/calico issue 1401")
WATCHES = ("anything",)

# Parameters that DC/OS reads only where another one has a certain value.
_READ_WITH = {
    "exhibitor_address": ("master_discovery", "master_http_loadbalancer"),
    "exhibitor_zk_hosts": ("exhibitor_storage_backend", "zookeeper"),
    "http_proxy": ("use_proxy", "true"),
    "https_proxy": ("use_proxy", "true"),
}


def check(facts: Facts) -> Findings:
    """One finding for each parameter that names an address in the pool of a running Calico."""
    from calico_config.colliding import with_addresses
    from calico_config.occupants import SERVICE

    services = SERVICE.used(facts)
    for name in dict.fromkeys(entry.owner for entry in services):
        chosen = [entry for entry in services if entry.owner == name]
        where, severity = name, None
        switch, value = _READ_WITH.get(name, ("", ""))
        if switch and facts.text(switch) != value:
            where, severity = f"{name}, which DC/OS reads only with {switch}: {value}", Severity.WARNING
        yield from with_addresses(facts, RULE, SERVICE, chosen, "address", where, severity=severity)
