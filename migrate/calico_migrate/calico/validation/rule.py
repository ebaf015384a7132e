"""The rules of policies and profiles.

Source: projectcalico/libcalico-go dda4a7964ffa ``lib/apis/v3/policy.go``; ``lib/validator/v3/validator.go``
(validateRule, validateICMPFields, validateHTTPRule, validateRuleMetadata).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from calico_migrate.calico.go_net import parse_cidr
from calico_migrate.calico.reading.types import ListOf, Port, Protocol, Record, Text, TextMap, Whole
from calico_migrate.calico.rules import (
    invalid_action,
    invalid_http,
    invalid_icmp,
    invalid_net,
    invalid_port,
)
from calico_migrate.calico.validation.checks import ACTION, NETWORK, SELECTOR
from calico_migrate.calico.validation.metadata import check_annotations
from calico_migrate.calico.validation.ports import has_ports

if TYPE_CHECKING:
    from calico_core.json.pointers import Path
    from calico_migrate.calico.validation.kind import Subject

_ICMP = Record("ICMPFields", {"type": Whole(), "code": Whole()})

_ENTITY = Record(
    "EntityRule",
    {
        "nets": ListOf(NETWORK),
        "selector": SELECTOR,
        "namespaceSelector": SELECTOR,
        "ports": ListOf(Port()),
        "notNets": ListOf(NETWORK),
        "notSelector": SELECTOR,
        "notPorts": ListOf(Port()),
        "serviceAccounts": Record("ServiceAccountMatch", {"names": ListOf(Text()), "selector": SELECTOR}),
    },
)

RULE = Record(
    "Rule",
    {
        "action": ACTION,
        "ipVersion": Whole(),
        "protocol": Protocol(),
        "icmp": _ICMP,
        "notProtocol": Protocol(),
        "notICMP": _ICMP,
        "source": _ENTITY,
        "destination": _ENTITY,
        "http": Record(
            "HTTPMatch",
            {
                "methods": ListOf(Text()),
                "paths": ListOf(Record("HTTPPath", {"exact": Text(), "prefix": Text()})),
            },
        ),
        "metadata": Record("RuleMetadata", {"annotations": TextMap()}),
    },
)

RULES = ListOf(RULE)


def check_rules(subject: Subject, *, http_in_egress: bool) -> None:
    """Every rule of a policy or profile, one by one.

    ``http_in_egress`` is true for a profile, whose egress rules the validator does not ask about HTTP.
    """
    for direction in ("ingress", "egress"):
        for index, rule in enumerate(subject.spec.get(direction) or ()):
            path = ("spec", direction, index)
            _check_rule(subject, rule, path)
            if direction == "egress" and not http_in_egress and rule.get("http") is not None:
                subject.report(invalid_http.RULE, (*path, "http"), "an egress rule cannot match HTTP")


def _check_rule(subject: Subject, rule: dict[str, Any], path: Path) -> None:
    if "action" not in rule:
        subject.report(
            invalid_action.RULE, path, "the rule has no action", "add 'action: Allow', Deny, Log or Pass"
        )
    _check_version(subject, rule, path)
    _check_ports(subject, rule, path)
    _check_icmp(subject, rule, path)
    _check_nets(subject, rule, path)
    if rule.get("http") is not None:
        _check_http(subject, rule, path)
    metadata = rule.get("metadata") or {}
    check_annotations(subject, metadata.get("annotations") or {}, (*path, "metadata", "annotations"))


def _check_version(subject: Subject, rule: dict[str, Any], path: Path) -> None:
    version = rule.get("ipVersion")
    if version is not None and version not in (4, 6):
        subject.report(invalid_net.RULE, (*path, "ipVersion"), f"{version} is no version of IP: it is 4 or 6")


def _check_ports(subject: Subject, rule: dict[str, Any], path: Path) -> None:
    if has_ports(rule.get("protocol")):
        return
    for side in ("source", "destination"):
        for field in ("ports", "notPorts"):
            if (rule.get(side) or {}).get(field):
                protocol = rule.get("protocol")
                shown = (
                    f"the protocol {protocol} has none" if protocol is not None else "no protocol is given"
                )
                subject.report(
                    invalid_port.RULE,
                    (*path, side, field),
                    f"a rule with ports needs the protocol TCP, UDP or SCTP, and {shown}",
                    "add 'protocol: TCP'",
                )


def _check_icmp(subject: Subject, rule: dict[str, Any], path: Path) -> None:
    protocol = rule.get("protocol")
    for field in ("icmp", "notICMP"):
        fields = rule.get(field)
        if fields is None:
            continue
        kind, code = fields.get("type"), fields.get("code")
        if kind is not None and not 0 <= kind <= 254:
            subject.report(
                invalid_icmp.RULE, (*path, field, "type"), f"{kind} is no ICMP type: they are 0 to 254"
            )
        if code is not None and not 0 <= code <= 255:
            subject.report(
                invalid_icmp.RULE, (*path, field, "code"), f"{code} is no ICMP code: they are 0 to 255"
            )
        if code is not None and kind is None:
            subject.report(invalid_icmp.RULE, (*path, field, "code"), "an ICMP code needs a type")
    if rule.get("icmp") is not None and protocol not in ("ICMP", "ICMPv6"):
        subject.report(
            invalid_icmp.RULE,
            (*path, "icmp"),
            "a rule that matches ICMP needs the protocol ICMP or ICMPv6, by name",
        )
    version = rule.get("ipVersion")
    for name, own in (("ICMP", 4), ("ICMPv6", 6)):
        if version is not None and version != own and name in (protocol, rule.get("notProtocol")):
            subject.report(
                invalid_icmp.RULE, (*path, "ipVersion"), f"{name} belongs to IPv{own}, not to IPv{version}"
            )


def _check_nets(subject: Subject, rule: dict[str, Any], path: Path) -> None:
    version = rule.get("ipVersion")
    seen: set[int] = set()
    for side in ("source", "destination"):
        for field in ("nets", "notNets"):
            own: set[int] = set()
            for index, net in enumerate((rule.get(side) or {}).get(field) or ()):
                network = parse_cidr(net)
                if network is not None:
                    own.add(network.version)
                elif "/" not in net:
                    subject.report(
                        invalid_net.RULE,
                        (*path, side, field, index),
                        f"'{net[:60]}' has no mask, and a rule needs one",
                        f"write {net}/{128 if ':' in net else 32}" if len(net) < 60 else "",
                    )
            if version in (4, 6) and own - {version}:
                subject.report(
                    invalid_net.RULE,
                    (*path, side, field),
                    f"the rule is for IPv{version}, and {field} has a network of the other version",
                )
            if own and len(own | seen) > 1:
                subject.report(
                    invalid_net.RULE,
                    (*path, side, field),
                    "a rule cannot have networks of IPv4 and IPv6",
                    "write one rule for each version",
                )
            seen |= own


def _check_http(subject: Subject, rule: dict[str, Any], path: Path) -> None:
    http = rule["http"]
    place = (*path, "http")
    if rule.get("protocol") not in (None, "TCP"):
        subject.report(
            invalid_http.RULE, place, "a rule that matches HTTP needs the protocol TCP, by name, or none"
        )
    if rule.get("action") != "Allow":
        subject.report(invalid_http.RULE, place, "only an Allow rule can match HTTP")
    methods = http.get("methods") or []
    if len(set(methods)) < len(methods):
        subject.report(invalid_http.RULE, (*place, "methods"), "an HTTP method is named twice")
    for index, item in enumerate(http.get("paths") or ()):
        exact, prefix = item.get("exact") or "", item.get("prefix") or ""
        value = exact or prefix
        if exact and prefix:
            reason = "a path has either 'exact' or 'prefix', not both"
        elif not value:
            reason = "a path needs 'exact' or 'prefix'"
        elif not value.startswith("/") or any(character in value for character in "? #"):
            reason = f"'{value[:60]}' is no path: it begins with '/' and has no blank, '?' or '#'"
        else:
            continue
        subject.report(invalid_http.RULE, (*place, "paths", index), reason)
