"""A server is reached through a VIP, a proxy or a health check, and its ingress policy does not let that in.

What comes through a VIP, Edge-LB, Marathon-LB or Marathon's own health checks arrives from another agent
with that agent's tunnel address, which lies in the default pool, or with its own address. Rules that
select clients by labels do not match it; on the client's own agent it is not policed at all, so that it
works there and nowhere else.

Example:
    spec:
      selector: role == 'server'   # /server has VIP_0: /server:80
      ingress:
      - action: Allow
        protocol: TCP
        source:
          selector: role == 'client'
        destination:
          ports: [80]

Allow the port from the pool's range by `nets`, or let clients use the server's containerip name.
"""

from calico_core.rules import Findings, warning
from calico_migrate.policy.checking.context import Context, Endpoint, PolicyItem, names_of
from calico_migrate.policy.checking.outsiders import Gate
from calico_migrate.policy.cluster.ports import Port

RULE = warning(
    __name__,
    source="dcos/dcos packages/dcos-net/extra/dcos-net.service (masquerading of IPVS); DC/OS "
    "2.2 docs, Calico, Default profile",
)

_TCP = 6


def check(context: Context) -> Findings:
    """Reports servers whose declared ways in are closed to the agents' tunnel addresses."""
    gates: dict[tuple[int, int], list[Gate]] = {}
    blocked: dict[tuple[int, int], tuple[PolicyItem, list[Endpoint], str, int]] = {}
    for chain, endpoints in context.groups["ingress"]:
        for endpoint in endpoints:
            for port in endpoint.workload.ports(endpoint.network):
                why = _reached_through(endpoint, port)
                if not why or port.number is None:
                    continue
                key = (port.protocol, port.number)
                if key not in gates:
                    gates[key] = [
                        Gate("ingress", context.peers_at(span), *key) for span in context.site.tunnels
                    ]
                if not any(gate.passes(chain) for gate in gates[key]):
                    first = (id(chain[0].policy), port.number)
                    blocked.setdefault(first, (chain[0], [], why, port.number))[1].append(endpoint)
    nets = " and ".join(str(span) for span in context.site.tunnels)
    for entry, endpoints, why, number in blocked.values():
        yield context.finding(
            entry.item,
            RULE,
            ("spec", "ingress" if entry.item.resource.spec.get("ingress") else "types"),
            f"{names_of(endpoints)}: port {number} is reached through {why}, which arrives"
            " from the agents' tunnel addresses, and these are not allowed",
            f"allow the port from nets: [{nets}] too, or let clients use the containerip name",
        )


def _reached_through(endpoint: Endpoint, port: Port) -> str:
    """What brings traffic to a port from other hosts' addresses, or nothing."""
    if port.vips:
        return f"its VIP {str(port.vips[0]).removeprefix('vip:')}"
    value = endpoint.workload.value
    labels = value.get("labels")
    if isinstance(labels, dict) and any(
        isinstance(key, str) and key.startswith("HAPROXY_") for key in labels
    ):
        return "Marathon-LB"
    if port.protocol == _TCP and port.number in endpoint.workload.checked_ports(endpoint.network):
        return "Marathon's own health check"
    return ""
