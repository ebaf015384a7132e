"""An egress policy does not let its endpoints use VIPs.

A client that connects to a VIP, by its address or by a name of `l4lb.thisdcos.directory`, sends to the
VIP's address, and that is what its egress policy sees: never the server behind it. A rule that selects
the server by labels does not match.

Example:
    spec:
      selector: role == 'client'
      egress:
      - action: Allow
        destination:
          selector: role == 'server'   # the client uses /server:80's VIP

Allow the VIP's port to 11.0.0.0/8 as well, or let the client use the server's containerip name.
"""

from collections.abc import Sequence

from calico_core.rules import Findings, warning
from calico_migrate.policy.checking.context import Context, Endpoint, PolicyItem, names_of
from calico_migrate.policy.checking.outsiders import lets_out_to_some, mentions_vip
from calico_migrate.policy.compiled.label_index import LabelIndex

RULE = warning(
    __name__,
    source="dcos/dcos packages/dcos-net/extra/dcos-net.service (masquerading of IPVS); DC/OS "
    "docs, Load Balancing and Virtual IPs",
)


def check(context: Context) -> Findings:
    """Reports egress policies of clients that use VIPs, or whose servers have one."""
    if context.endpoints is None:
        return
    servers = _servers(context)
    vips = context.peers_at(*context.site.vips)
    open_policies = {id(entry.policy) for entry in context.policies if lets_out_to_some(entry.policy, vips)}
    blocked: dict[tuple[int, str], tuple[PolicyItem, list[Endpoint]]] = {}
    for chain, endpoints in context.groups["egress"]:
        if any(id(entry.policy) in open_policies for entry in chain):
            continue
        target: str | None = None
        for endpoint in endpoints:
            if mentions_vip(endpoint.workload.value, context.site.vips):
                why = "which uses VIPs" if len(endpoints) == 1 else "which use VIPs"
            else:
                if target is None:
                    target = _selected_server(chain, servers)
                why = f"who may use the VIP of {target}" if target else ""
            if why:
                key = (id(chain[0].policy), why)
                blocked.setdefault(key, (chain[0], []))[1].append(endpoint)
    nets = " and ".join(str(span) for span in context.site.vips)
    for (_, why), (entry, endpoints) in blocked.items():
        yield context.finding(
            entry.item,
            RULE,
            ("spec", "egress" if entry.item.resource.spec.get("egress") else "types"),
            f"no VIP can be reached by {names_of(endpoints)}, {why}: egress sees the VIP's address",
            f"allow the VIP's port to {nets} too, or use the server's containerip name",
        )


def _servers(context: Context) -> LabelIndex:
    """The labels of endpoints that have a VIP, with their ids under a key of their own."""
    return LabelIndex(
        [
            {**endpoint.labels, _ID: endpoint.workload.id}
            for endpoint in context.endpoints or ()
            if any(port.vips for port in endpoint.workload.ports(endpoint.network))
        ]
    )


def _selected_server(chain: Sequence[PolicyItem], servers: LabelIndex) -> str:
    for entry in chain:
        for rule in entry.policy.egress or ():
            if rule.action == "Allow" and rule.destination.selectors is not None:
                for number in servers.matching(rule.destination.selectors):
                    return servers.labels(number)[_ID]
    return ""


# No label of an endpoint has a blank in its key.
_ID = "workload id"
