"""NetworkPolicy and GlobalNetworkPolicy.

Source: projectcalico/libcalico-go dda4a7964ffa ``lib/apis/v3/networkpolicy.go`` and
``globalnetworkpolicy.go``; ``lib/validator/v3/validator.go`` (validateNetworkPolicy,
validateGlobalNetworkPolicy).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from calico_migrate.calico.reading.types import Boolean, ListOf, Real, Record, Type
from calico_migrate.calico.rules import invalid_policy_options, invalid_policy_types
from calico_migrate.calico.validation.checks import POLICY_TYPE, SELECTOR
from calico_migrate.calico.validation.kind import Kind
from calico_migrate.calico.validation.rule import RULES, check_rules

if TYPE_CHECKING:
    from calico_migrate.calico.validation.kind import Subject

_COMMON: dict[str, Type] = {
    "order": Real(),
    "ingress": RULES,
    "egress": RULES,
    "selector": SELECTOR,
    "types": ListOf(POLICY_TYPE),
    "serviceAccountSelector": SELECTOR,
}


def _check_policy(subject: Subject) -> None:
    seen: set[str] = set()
    for index, name in enumerate(subject.spec.get("types") or ()):
        if name in seen:
            subject.report(
                invalid_policy_types.RULE, ("spec", "types", index), f"the type '{name}' is given twice"
            )
        seen.add(name)
    check_rules(subject, http_in_egress=False)


def _check_global_policy(subject: Subject) -> None:
    _check_policy(subject)
    spec = subject.spec
    untracked, before_nat = spec.get("doNotTrack"), spec.get("preDNAT")
    if untracked and before_nat:
        subject.report(
            invalid_policy_options.RULE, ("spec", "preDNAT"), "doNotTrack and preDNAT exclude each other"
        )
    if before_nat and spec.get("egress"):
        subject.report(
            invalid_policy_options.RULE, ("spec", "egress"), "a policy with preDNAT has no egress rules"
        )
    if before_nat and "Egress" in (spec.get("types") or ()):
        subject.report(
            invalid_policy_options.RULE, ("spec", "types"), "a policy with preDNAT has no type Egress"
        )
    if (untracked or before_nat) and not spec.get("applyOnForward"):
        subject.report(
            invalid_policy_options.RULE,
            ("spec", "doNotTrack" if untracked else "preDNAT"),
            f"{'doNotTrack' if untracked else 'preDNAT'} needs 'applyOnForward: true'",
        )


NETWORK_POLICY = Kind(
    "NetworkPolicy",
    Record("NetworkPolicySpec", _COMMON),
    _check_policy,
    namespaced=True,
    policy_name=True,
    kubernetes_names=True,
)

GLOBAL_NETWORK_POLICY = Kind(
    "GlobalNetworkPolicy",
    Record(
        "GlobalNetworkPolicySpec",
        {
            **_COMMON,
            "doNotTrack": Boolean(),
            "preDNAT": Boolean(),
            "applyOnForward": Boolean(),
            "namespaceSelector": SELECTOR,
        },
    ),
    _check_global_policy,
    policy_name=True,
)
