"""An egress policy does not let its endpoints use VIPs.

A client that connects to a VIP, by its address or by a name of ``l4lb.thisdcos.directory``, sends to the
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

from __future__ import annotations

from typing import TYPE_CHECKING

from calico_core.findings import Severity
from calico_core.rules import Rule

from calico_migrate.policy.check_context import names_of
from calico_migrate.policy.label_index import LabelIndex
from calico_migrate.policy.outsiders import may_leave_to_some, mentions_vip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calico_migrate.policy.check_context import Context, Endpoint, PolicyItem

RULE = Rule(
    __name__,
    Severity.WARNING,
    source=(
        "dcos/dcos packages/dcos-net/extra/dcos-net.service (masquerading of IPVS); DC/OS "
        "docs, Load Balancing and Virtual IPs"
    ),
)


def check(context: Context) -> None:
    """Reports egress policies of clients that use VIPs, or whose servers have one."""
    if context.endpoints is None:
        return
    servers = _servers(context)
    blocked: dict[int, tuple[PolicyItem, list[Endpoint], str]] = {}
    mentioned: dict[int, bool] = {}
    for number, chain in enumerate(context.chains["egress"]):
        endpoint = context.endpoints[number]
        if not chain or may_leave_to_some(chain, context.site.vips):
            continue
        identity = id(endpoint.workload)
        if identity not in mentioned:
            mentioned[identity] = mentions_vip(endpoint.workload.value, context.site.vips)
        why = "which uses VIPs" if mentioned[identity] else ""
        if not why and chain:
            target = _selected_server(chain, servers)
            why = f"which may use the VIP of {target}" if target else ""
        if why:
            first = chain[0]
            blocked.setdefault(id(first.policy), (first, [], why))[1].append(endpoint)
    nets = " and ".join(str(span) for span in context.site.vips)
    for entry, endpoints, why in blocked.values():
        context.report(
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
