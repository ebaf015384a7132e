"""The checks of single values that Calico's validator makes, by the names of their tags.

Source: projectcalico/libcalico-go dda4a7964ffa ``lib/validator/v3/validator.go``. Each function gives the
reason why a value is refused, or an empty string.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from calico_migrate.calico.go_net import parse_cidr_or_ip
from calico_migrate.calico.kubernetes import DNS_SUBDOMAIN
from calico_migrate.calico.reading.types import Check, Text
from calico_migrate.calico.rules import invalid_action, invalid_net, invalid_policy_types, invalid_selector

if TYPE_CHECKING:
    from collections.abc import Callable

    from calico_core.rules import Rule

_NAME = re.compile(DNS_SUBDOMAIN)
_INTERFACE = r"[a-zA-Z0-9_.-]{1,15}"


def one_of(rule: Rule, *values: str, optional: bool = True) -> Text:
    """A text that is one of some words, spelled exactly."""

    def problem(text: str) -> str:
        if text in values:
            return ""
        near = next((value for value in values if value.lower() == text.lower()), "")
        if near:
            return f"'{text}' must be spelled '{near}'"
        listed = ", ".join(values[:-1]) + (" or " if len(values) > 1 else "") + values[-1]
        return f"'{text[:40]}' is none of the values that Calico has here: {listed}"

    return Text(Check(rule, problem, optional))


def checked(rule: Rule, problem: Callable[[str], str], *, optional: bool = True) -> Text:
    """A text with a check."""
    return Text(Check(rule, problem, optional))


def selector_problem(text: str) -> str:
    """Whether Calico can parse a selector."""
    from calico_migrate.calico.selectors.parsing import parse

    try:
        parse(text)
    except ValueError as error:
        if "\n" in text or "\r" in text:
            return (
                f"Calico refuses this selector, which has a line break: {error};"
                " write '>-' instead of '|', or put it in one line"
            )
        return f"Calico refuses the selector '{text[:80]}': {error}"
    return ""


def name_problem(text: str) -> str:
    """Whether a text is the name of a resource, whatever its length."""
    if _NAME.fullmatch(text) is not None:
        return ""
    return (
        f"'{text[:60]}' is no name: only lower case letters, digits, '-' and '.' are allowed,"
        " and each part between dots starts and ends with a letter or digit"
    )


def network_problem(text: str) -> str:
    """Whether a text is an address, or a network without host bits."""
    network = parse_cidr_or_ip(text)
    if network is None:
        return f"'{text[:60]}' is no network: write it as 10.0.0.0/8"
    if not network.masked:
        return f"'{text[:60]}' has host bits: the network begins before that address"
    return ""


def cidr_problem(text: str) -> str:
    """Whether a text is an address or a network, host bits allowed."""
    return "" if parse_cidr_or_ip(text) is not None else f"'{text[:60]}' is neither an address nor a network"


def interface_problem(text: str) -> str:
    """Why a text is no name of a network interface, or an empty string."""
    if text == "*" or re.fullmatch(_INTERFACE, text) is not None:
        return ""
    return f"'{text[:40]}' is no interface: 1 to 15 letters, digits, '_', '.' and '-', or '*'"


# A policy's own selector may be empty, which selects everything, as the parser knows.
SELECTOR = Text(Check(invalid_selector.RULE, selector_problem), selector=True)
NETWORK = checked(invalid_net.RULE, network_problem, optional=False)
CIDR = checked(invalid_net.RULE, cidr_problem, optional=False)
ACTION = one_of(invalid_action.RULE, "Allow", "Deny", "Log", "Pass", optional=False)
POLICY_TYPE = one_of(invalid_policy_types.RULE, "Ingress", "Egress", optional=False)
