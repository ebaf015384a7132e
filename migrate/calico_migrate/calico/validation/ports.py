"""Ports and protocols as Calico 3.14 reads them.

Source: projectcalico/libcalico-go dda4a7964ffa ``lib/numorstring/port.go``, ``protocol.go`` and
``uint8orstring.go``; ``lib/validator/v3/validator.go`` (validatePort, validateProtocol).
"""

from __future__ import annotations

import re

from calico_migrate.calico.kubernetes import port_name_problem

PROTOCOLS = {"TCP": 6, "UDP": 17, "ICMP": 1, "ICMPv6": 58, "SCTP": 132, "UDPLite": 136}
"""The names that a rule may have, with their numbers."""

_DIGITS = re.compile(r"[0-9]+")
_RANGE = re.compile(r"([0-9]+):([0-9]+)")
_NAME = re.compile(r"[a-zA-Z0-9_.-]{1,128}")
_MOST_DIGITS = 64


def read_protocol(value: int | str) -> tuple[int | str, str]:
    """A protocol as a number or name, and why it is refused, or nothing."""
    if isinstance(value, str):
        number = _number(value, 255)
        if number is None:
            problem = ""
            if value not in PROTOCOLS:
                near = next((name for name in PROTOCOLS if name.lower() == value.lower()), "")
                problem = f"'{value[:40]}' is no protocol" + (
                    f": it is spelled {near}" if near else f": the names are {', '.join(PROTOCOLS)}"
                )
            return value, problem
        value = number
    return value, "" if value else "protocol 0 does not exist: the numbers are 1 to 255"


def has_ports(protocol: int | str | None) -> bool:
    """Whether rules for this protocol may name ports."""
    return protocol in ("TCP", "UDP", "SCTP", 6, 17, 132)


def read_port(value: int | str) -> tuple[int | str, str]:
    """A port as a number, ``first:last`` or a name, and why it is refused, or nothing."""
    if isinstance(value, int):
        return value, "" if value else "port 0 does not exist: the numbers are 1 to 65535"
    if _DIGITS.fullmatch(value):
        number = _number(value, 65535)
        if number is None:
            return value, f"'{value[:40]}' is no port: the numbers are 1 to 65535"
        return read_port(number)
    matched = _RANGE.fullmatch(value)
    if matched:
        first, last = (_number(part, 65535) for part in matched.groups())
        if first is None or last is None or first == 0:
            return value, f"'{value[:40]}' is no range of ports: the numbers are 1 to 65535"
        if first > last:
            return value, f"'{value[:40]}' is no range of ports: it ends before it begins"
        return (first if first == last else f"{first}:{last}"), ""
    if _NAME.fullmatch(value) is None:
        return value, f"'{value[:40]}' is no port: write a number, 'first:last' or a name"
    problem = port_name_problem(value)
    return value, f"'{value[:40]}' is no name of a port: {problem}" if problem else ""


def port_range(port: int | str) -> tuple[int, int] | None:
    """The first and last number of a port that has been read, None for a name."""
    if isinstance(port, int):
        return port, port
    matched = _RANGE.fullmatch(port)
    if matched is None:
        return None
    return int(matched[1]), int(matched[2])


def _number(text: str, most: int) -> int | None:
    """What ``strconv.ParseUint`` makes of digits."""
    if _DIGITS.fullmatch(text) is None or len(text) > _MOST_DIGITS:
        return None
    number = int(text)
    return number if number <= most else None
