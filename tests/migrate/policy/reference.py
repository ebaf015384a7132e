"""A slow evaluator that does what Calico's documentation of policies says, one sentence after the other.

It shares nothing with the engine but the selector language, and is what the engine is compared with.
"""

from __future__ import annotations

import ipaddress
from typing import Any

from calico_migrate.calico.selectors.parsing import parse

NUMBERS = {"ICMP": 1, "TCP": 6, "UDP": 17, "ICMPv6": 58, "SCTP": 132, "UDPLite": 136}


def verdict(scenario: dict[str, Any]) -> str:
    """``allow`` or ``deny``."""
    flow = scenario["flow"]
    source = find(scenario, flow["src_ip"])
    destination = find(scenario, flow["dst_ip"])
    if source is not None and not passes(scenario, source, "egress"):
        return "deny"
    if destination is not None and not passes(scenario, destination, "ingress"):
        return "deny"
    return "allow"


def find(scenario: dict[str, Any], address: str) -> dict[str, Any] | None:
    for endpoint in scenario["endpoints"]:
        if endpoint["ip"] == address:
            found: dict[str, Any] = endpoint
            return found
    return None


def labels_of(scenario: dict[str, Any], endpoint: dict[str, Any]) -> dict[str, str]:
    labels = dict(endpoint["labels"])
    labels["projectcalico.org/namespace"] = endpoint.get("namespace", "default")
    docker = endpoint.get("runtime") == "DOCKER"
    labels["projectcalico.org/orchestrator"] = "libnetwork" if docker else "cni"
    for name in endpoint["profiles"]:
        for key, value in inherited(scenario, name).items():
            labels.setdefault(key, value)
    return labels


def passes(scenario: dict[str, Any], endpoint: dict[str, Any], direction: str) -> bool:
    flow = scenario["flow"]
    if direction == "egress" and "vxlan_port" in scenario:
        if number(flow["protocol"]) == 17 and flow.get("dst_port") == scenario["vxlan_port"]:
            return False
        if number(flow["protocol"]) == 4:
            return False
    applicable = [
        policy
        for policy in ordered([one for one in scenario["policies"] if one["kind"].endswith("NetworkPolicy")])
        if direction in directions(policy["spec"])
        and not policy["spec"].get("doNotTrack")
        and not policy["spec"].get("preDNAT")
        and selects(scenario, policy, endpoint)
    ]
    for policy in applicable:
        action = run(scenario, policy["spec"].get(direction, []), namespace(policy), endpoint)
        if action in ("Allow", "Deny"):
            return action == "Allow"
        if action == "Pass":
            break
    else:
        if applicable:
            return False
    for name in endpoint["profiles"]:
        profiles = [profile for profile in scenario["profiles"] if profile["metadata"]["name"] == name]
        if not profiles:
            return False
        action = run(scenario, profiles[0]["spec"].get(direction, []), None, endpoint)
        if action in ("Allow", "Deny"):
            return action == "Allow"
    return False


def run(
    scenario: dict[str, Any], rules: list[dict[str, Any]], space: str | None, endpoint: dict[str, Any]
) -> str | None:
    """The first action other than Log whose rule matches."""
    for rule in rules:
        if rule["action"] != "Log" and matches(scenario, rule, space):
            action: str = rule["action"]
            return action
    return None


def namespace(policy: dict[str, Any]) -> str | None:
    if policy["kind"] == "GlobalNetworkPolicy":
        return None
    space: str = policy["metadata"].get("namespace", "default")
    return space


def directions(spec: dict[str, Any]) -> list[str]:
    if spec.get("types"):
        return [kind.lower() for kind in spec["types"]]
    if not spec.get("egress"):
        return ["ingress"]
    return ["ingress", "egress"] if spec.get("ingress") else ["egress"]


def ordered(policies: list[dict[str, Any]]) -> list[dict[str, Any]]:
    def key(policy: dict[str, Any]) -> tuple[float, str]:
        order = policy["spec"].get("order")
        name = f"default.{policy['metadata']['name']}"
        space = namespace(policy)
        return (float("inf") if order is None else order), (f"{space}/{name}" if space else name)

    return sorted(policies, key=key)


def selects(scenario: dict[str, Any], policy: dict[str, Any], endpoint: dict[str, Any]) -> bool:
    space = namespace(policy)
    if space is not None and endpoint.get("namespace", "default") != space:
        return False
    return parse(policy["spec"].get("selector", "")).matches(labels_of(scenario, endpoint))


def number(protocol: str | int) -> int:
    if isinstance(protocol, int):
        return protocol
    return NUMBERS[protocol] if protocol in NUMBERS else int(protocol)


def matches(scenario: dict[str, Any], rule: dict[str, Any], space: str | None) -> bool:
    flow = scenario["flow"]
    protocol = number(flow["protocol"])
    if "protocol" in rule and number(rule["protocol"]) != protocol:
        return False
    if "notProtocol" in rule and number(rule["notProtocol"]) == protocol:
        return False
    if "ipVersion" in rule and ipaddress.ip_address(flow["src_ip"]).version != rule["ipVersion"]:
        return False
    for field, negated in (("icmp", False), ("notICMP", True)):
        if field in rule:
            same = rule[field]["type"] == flow.get("icmp_type") and (
                "code" not in rule[field] or rule[field]["code"] == flow.get("icmp_code")
            )
            if same == negated:
                return False
    for field, address, port in (("source", "src_ip", "src_port"), ("destination", "dst_ip", "dst_port")):
        named = ports_by_name(scenario, rule, rule.get(field, {}), space, flow[address])
        if not entity_matches(scenario, rule.get(field, {}), space, flow[address], flow.get(port), named):
            return False
    return True


def entity_matches(
    scenario: dict[str, Any],
    entity: dict[str, Any],
    space: str | None,
    address: str,
    port: int | None,
    named: set[tuple[str, int]],
) -> bool:
    if entity.get("ports") and not any(port_is(port, item, named) for item in entity["ports"]):
        return False
    if any(port_is(port, item, named) for item in entity.get("notPorts", [])):
        return False
    if entity.get("nets") and not any(inside(address, net) for net in entity["nets"]):
        return False
    if any(inside(address, net) for net in entity.get("notNets", [])):
        return False
    here = members_at(scenario, address)
    limited = space is not None and (
        entity.get("selector") or entity.get("notSelector") or entity.get("serviceAccounts")
    )
    if entity.get("namespaceSelector"):
        limited = False
        # No namespace has labels on DC/OS; all() stands for whatever is in one.
        if entity["namespaceSelector"] != "all()":
            return False
        here = [labels for labels in here if "projectcalico.org/namespace" in labels]
        if not here:
            return False
    if limited:
        here = [labels for labels in here if labels.get("projectcalico.org/namespace") == space]
        if not here:
            return False
    if entity.get("serviceAccounts"):
        return False
    excluded = parse(entity["notSelector"]) if entity.get("notSelector") else None
    if entity.get("selector") or entity.get("namespaceSelector") or limited:
        # The rule is about known members, of which notSelector leaves some out.
        wanted = parse(entity.get("selector", ""))
        return any(
            wanted.matches(labels) and not (excluded is not None and excluded.matches(labels))
            for labels in here
        )
    return excluded is None or not any(excluded.matches(labels) for labels in here)


def members_at(scenario: dict[str, Any], address: str) -> list[dict[str, str]]:
    """The labels of every endpoint, network set and host endpoint that has an address."""
    found = [labels_of(scenario, one) for one in scenario["endpoints"] if one["ip"] == address]
    for resource in scenario["policies"]:
        metadata = resource["metadata"]
        labels = dict(metadata.get("labels", {}))
        nets = resource["spec"].get("nets", [])
        if resource["kind"] == "NetworkSet":
            labels["projectcalico.org/namespace"] = metadata.get("namespace", "default")
        elif resource["kind"] == "HostEndpoint":
            nets = resource["spec"].get("expectedIPs", [])
            for name in resource["spec"].get("profiles", []):
                for key, value in inherited(scenario, name).items():
                    labels.setdefault(key, value)
        elif resource["kind"] != "GlobalNetworkSet":
            continue
        if any(inside(address, net) for net in nets):
            found.append(labels)
    return found


def inherited(scenario: dict[str, Any], name: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for profile in scenario["profiles"]:
        if profile["metadata"]["name"] == name:
            found = profile["spec"].get("labelsToApply", {})
    return found


def vxlan_port(config: dict[str, Any]) -> int:
    """The UDP port to which no workload may speak: DC/OS' in VXLAN mode, else the one Felix has by itself."""
    port: int = config.get("calico_vxlan_port", 64000)
    return port if config.get("calico_vxlan_enabled", True) else 4789


def ports_by_name(
    scenario: dict[str, Any], rule: dict[str, Any], entity: dict[str, Any], space: str | None, address: str
) -> set[tuple[str, int]]:
    """The named ports that host endpoints have at an address, of those that the rule's selector finds."""
    found: set[tuple[str, int]] = set()
    if not entity.get("ports") and not entity.get("notPorts"):
        return found
    for resource in scenario["policies"]:
        spec = resource["spec"]
        if resource["kind"] != "HostEndpoint" or not any(inside(address, net) for net in spec["expectedIPs"]):
            continue
        alone = {**scenario, "endpoints": [], "policies": [resource]}
        finder = {
            key: entity[key]
            for key in ("selector", "notSelector", "namespaceSelector", "serviceAccounts")
            if entity.get(key)
        }
        positive = finder.keys() & {"selector", "namespaceSelector", "serviceAccounts"} or (
            space is not None and finder
        )
        if positive and not entity_matches(alone, finder, space, address, None, set()):
            continue
        found |= {
            (port["name"], port["port"])
            for port in spec.get("ports", [])
            if number(port["protocol"]) == number(rule["protocol"])
        }
    return found


def port_is(port: int | None, item: str | int, named: set[tuple[str, int]]) -> bool:
    if port is None:
        return False
    if (item, port) in named:
        return True
    if isinstance(item, int):
        return port == item
    if ":" in item:
        low, high = item.split(":")
        return int(low) <= port <= int(high)
    return item.isdigit() and int(item) == port


def inside(address: str, net: str) -> bool:
    return ipaddress.ip_address(address) in ipaddress.ip_network(net)
