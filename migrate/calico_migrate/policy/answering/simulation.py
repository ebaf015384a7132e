"""May A reach B: flows between workloads, addresses and VIPs, whose addresses are only known by range.

What a Calico endpoint sees of the other side (dcos/dcos packages/dcos-net/extra/dcos-net.service,
projectcalico/felix v3.14.0 ``rules/static.go``): another endpoint by its own address; anything else from the
agent's tunnel address or the agent's own one, and unpoliced where it is on the same agent. A VIP is the
destination for its client's egress rules; what arrives behind it comes from the tunnel address of the
client's agent, or unpoliced on the same agent.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from calico_migrate.policy.answering.answers import Answer, certain, of_possibilities
from calico_migrate.policy.answering.deciding import Packet, dropped_tunnel
from calico_migrate.policy.answering.possible import possibilities
from calico_migrate.policy.answering.sides import joined, side_of, together
from calico_migrate.policy.answering.wording import Step
from calico_migrate.policy.cluster.addresses import AddressSpan, address_text, is_address, parse_address
from calico_migrate.policy.cluster.model import Party

if TYPE_CHECKING:
    from calico_migrate.policy.cluster.model import Model
    from calico_migrate.policy.compiled.resources import Rule


def simulate(model: Model, source: Party, destination: Party, packet: Packet, *, same_agent: bool) -> Answer:
    """Whether a packet gets from one party to another.

    What the packet leaves open (see `possible`) and a rule names is a condition of the answer.
    """
    rules = model.open_rules() and _asked(model, source, destination)
    return of_possibilities(
        [
            (one, _of_packet(model, source, destination, one.packet, packet, same_agent=same_agent))
            for one in possibilities(packet, rules)
        ]
    )


def _asked(model: Model, source: Party, destination: Party) -> list[Rule]:
    """The rules that are asked about a flow, whichever packets it has."""
    servers = [destination]
    if destination.vip is not None:
        servers = [backend for backend, _ in model.backends(destination.vip)]
    chains = [model.chain("egress", source)] if source.on_calico else []
    chains += [model.chain("ingress", server) for server in servers if server.on_calico]
    return [rule for chain in chains for rule in chain.rules()]


def _of_packet(
    model: Model, source: Party, destination: Party, packet: Packet, asked: Packet, *, same_agent: bool
) -> Answer:
    why = dropped_tunnel(packet, model.vxlan_port) if source.on_calico else ""
    if why:
        return certain(allowed=False, trace=(Step("egress", source.name, None, None, "Deny", why),))
    if destination.vip is not None:
        return _through_vip(model, source, destination, packet, asked, same_agent=same_agent)
    if not source.on_calico and not destination.on_calico:
        why = _of_host(model, destination) or (
            f"neither {source.name} nor {destination.name} is a Calico endpoint, so that no policy applies"
        )
        return certain(allowed=True, trace=(Step("egress", source.name, None, None, "Allow", why),))
    egress = ingress = None
    after: tuple[Step, ...] = ()
    if source.on_calico:
        egress = side_of(model, "egress", source, destination, destination.spans, packet, asked)
    if not destination.on_calico:
        why = _of_host(model, destination) or (
            f"{_what(destination)} is no Calico endpoint, so that nothing polices what arrives"
        )
        after = (Step("ingress", destination.name, None, None, "Allow", why),)
    elif source.on_calico:
        ingress = side_of(model, "ingress", destination, source, source.spans, packet, asked)
    elif same_agent and _is_local(model, source):
        why = (
            f"{_what(source)} is on the same agent, and what an agent sends to its containers is not policed"
        )
        after = (Step("ingress", destination.name, None, None, "Allow", why),)
    else:
        ingress = side_of(model, "ingress", destination, source, arriving(model, source), packet, asked)
    return together(egress, ingress, after, paired=source.on_calico and destination.on_calico)


def arriving(model: Model, source: Party) -> tuple[AddressSpan, ...]:
    """The addresses from which a party's packets can arrive at an endpoint on another agent."""
    if source.on_calico or source.kind == "address":
        return source.spans
    return (*model.site.tunnels, *model.site.agents)


def address_party(text: str) -> Party:
    """A lone address. Raises ValueError where the text is none."""
    return Party(text, "address", (parse_address(text),))


def _through_vip(
    model: Model, source: Party, destination: Party, packet: Packet, asked: Packet, *, same_agent: bool
) -> Answer:
    vip = destination.vip
    assert vip is not None  # noqa: S101 - simulate has seen it
    packet = packet._replace(destination_port=vip.port)
    egress = (
        side_of(model, "egress", source, destination, destination.spans, packet, asked)
        if source.on_calico
        else None
    )
    answers: list[Answer] = []
    for backend, port in model.backends(vip):
        if port.protocol != packet.protocol:
            continue
        ingress = None
        after: tuple[Step, ...] = ()
        if not backend.on_calico:
            why = f"{_what(backend)}, behind {destination.name}, is no Calico endpoint"
            after = (Step("ingress", backend.name, None, None, "Allow", why),)
        elif same_agent:
            why = f"{destination.name} leads to a container on the same agent, which no ingress policy sees"
            after = (Step("ingress", backend.name, None, None, "Allow", why),)
        else:
            tunnel = Party(
                f"the agent's tunnel address, behind {destination.name}", "tunnel", model.site.tunnels
            )
            arrived = packet._replace(destination_port=port.number)
            ingress = side_of(model, "ingress", backend, tunnel, tunnel.spans, arrived, asked)
        answers.append(together(egress, ingress, after, paired=False))
    if not answers:
        why = f"no app that is known here has a port behind {destination.name}"
        after = (Step("ingress", destination.name, None, None, "Allow", why),)
        return together(egress, None, after, paired=False)
    return joined(answers)


def _is_local(model: Model, source: Party) -> bool:
    """Whether a party that shares the agent is the agent itself or a workload on it."""
    return source.kind != "address" or any(span.contains(source.spans[0]) for span in model.site.agents)


def _of_host(model: Model, party: Party) -> str:
    """That an address is a host endpoint's, whose own policies are not asked; nothing where it is not."""
    if party.kind != "address":
        return ""
    for one in model.resources.address_sets:
        if one.kind == "HostEndpoint" and any(net.contains(party.spans[0]) for net in one.nets):
            return f"{_what(party)} is {one.title}'s; what that lets into the node itself is not asked here"
    return ""


def _what(party: Party) -> str:
    if party.kind == "address":
        span = party.spans[0]
        return f"the address {address_text(span.version, span.first)}"
    where = {
        "overlay": f"on the overlay network {party.network}",
        "bridge": "behind a bridge",
        "host": "on the host",
    }
    return f"{party.name} ({where.get(party.kind, f'on the network {party.network}')})"


def vip_party(model: Model, name: str, port: int) -> Party:
    """The VIP as a destination: its own address, or some address of the range of named VIPs."""
    from calico_migrate.policy.cluster.ports import Vip

    vip = Vip(name, port)
    spans = (parse_address(name),) if is_address(name) else model.site.vips
    return Party(str(vip), "vip", spans, vip=vip)
