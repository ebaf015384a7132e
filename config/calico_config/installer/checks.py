"""The installer's validators of single parameters: each takes a text, and raises where it is refused.

``dcos/dcos gen/calc.py`` and, for the wording, ``gen/tests/test_config.py``.
"""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from calico_config.document.places import loads
from calico_config.facts.known_ranges import DNS_SERVERS
from calico_config.installer.python36 import (
    CrashedError,
    RefusedError,
    integer,
    ip_network,
    is_ipv4_address,
    is_ipv6_address,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence


def one_of(value: Any, choices: Iterable[Any]) -> None:
    """``gen/internals.py validate_one_of``."""
    choices = list(choices)
    if value not in choices:
        options = ", ".join(f"'{choice}'" for choice in choices)
        raise RefusedError(f"Must be one of {options}. Got '{value}'.")


def true_false(value: str) -> None:
    """Exactly the texts ``true`` and ``false``."""
    one_of(value, ("true", "false"))


def int_in_range(value: Any, low: int, high: int | None) -> None:
    """What ``int()`` takes, between two bounds; without ``high`` there is no upper one."""
    try:
        number = integer(value)
    except ValueError:
        raise RefusedError(f"Must be an integer but got a {type(value).__name__}: {value}") from None
    if high is None:
        if number < low:
            raise RefusedError(f"Must be above or equal to {low}")
    elif not low <= number <= high:
        raise RefusedError(f"Must be between {low} and {high} inclusive")


def in_range(low: int, high: int | None) -> Callable[[str], None]:
    """A check of the bounds."""
    return lambda value: int_in_range(value, low, high)


def parse_json(text: str) -> Any:
    """``json.loads`` with the wording of Python 3.6. Raises ValueError, or CrashedError if too deep."""
    try:
        return loads(text)
    except json.JSONDecodeError as error:
        raise ValueError(_wording_of_36(error)) from None
    except RecursionError:
        raise CrashedError("RecursionError: maximum recursion depth exceeded") from None


def _wording_of_36(error: json.JSONDecodeError) -> str:
    """Python 3.13 words a trailing comma in its own way; before, the sign after it was the surprise."""
    if not error.msg.startswith("Illegal trailing comma"):
        return str(error)
    place = error.pos + 1
    while error.doc[place : place + 1] in {" ", "\t", "\n", "\r"}:
        place += 1
    surprise = (
        "Expecting property name enclosed in double quotes"
        if error.msg.endswith("object")
        else "Expecting value"
    )
    return str(json.JSONDecodeError(surprise, error.doc, place))


@lru_cache(maxsize=64)
def json_list(text: str) -> list[str]:
    """A JSON list of texts, which is not to be changed: several parameters are calculated from one."""
    try:
        items = parse_json(text)
    except ValueError as error:
        raise RefusedError(
            "Must be a JSON formatted list, but couldn't be parsed the given "
            f"value `{text}` as one because of: {error}"
        ) from None
    if not isinstance(items, list):
        raise RefusedError(f"Must be a JSON list. Got a {type(items).__name__}")
    wrong = [item for item in items if not isinstance(item, str)]
    if wrong:
        shown = ", ".join(f"{item} type {type(item).__name__}" for item in wrong)
        raise RefusedError(f"Items in list must be strings, got invalid values: {shown}")
    return items


def json_dictionary(text: str) -> dict[str, Any]:
    """A JSON object."""
    try:
        loaded = parse_json(text)
    except ValueError:
        raise RefusedError(f"Must be valid JSON. Got: {text}") from None
    if not isinstance(loaded, dict):
        raise RefusedError(f"Must be a JSON dictionary. Got a {type(loaded).__name__}")
    return loaded


def ipv4_addresses(addresses: Iterable[str]) -> None:
    """All of them IPv4 addresses."""
    wrong = [address for address in addresses if not is_ipv4_address(address)]
    if wrong:
        raise RefusedError(f"Invalid IPv4 addresses in list: {', '.join(wrong)}")


def ipv6_addresses(addresses: Iterable[str]) -> None:
    """All of them IPv6 addresses."""
    wrong = [address for address in addresses if not is_ipv6_address(address)]
    if wrong:
        raise RefusedError(f"Invalid IPv6 addresses in list: {', '.join(wrong)}")


def no_duplicates(items: Sequence[str]) -> None:
    """No item twice."""
    counts: dict[str, int] = {}
    for item in items:
        counts[item] = counts.get(item, 0) + 1
    repeated = [f"{item} appears {count} times" for item, count in counts.items() if count > 1]
    if repeated:
        raise RefusedError(f"List cannot contain duplicates: {', '.join(repeated)}")


def ip_list(text: str) -> None:
    """A JSON list of different IPv4 addresses."""
    items = json_list(text)
    no_duplicates(items)
    ipv4_addresses(items)


def _without_port(item: str) -> str:
    address, separator, port = item.rpartition(":")
    if not separator:
        return item
    int_in_range(port, 1, 65535)
    return address


def ip_port_list(text: str) -> None:
    """A JSON list of different IPv4 addresses, each with or without a port."""
    items = json_list(text)
    no_duplicates(items)
    ipv4_addresses([_without_port(item) for item in items])


def resolvers(text: str) -> None:
    """The list of name servers; since 2.2.0 none may be an address of dcos-dns itself."""
    items = json_list(text)
    no_duplicates(items)
    named = {item.split(":")[0] for item in items}
    own = [address for address in DNS_SERVERS if address in named]
    if own:
        raise RefusedError(f"Spartan addresses found in `resolvers`: {', '.join(own)}")
    ip_port_list(text)


def ipv4_network(name: str) -> Callable[[Any], None]:
    """A check that a value of that name is an IPv4 network without host bits."""
    return lambda value: network(name, value, 4)


def network(name: str, value: Any, version: int) -> None:
    """A network of that IP version."""
    found = ip_network(value)
    if found is None or found.version != version:
        raise RefusedError(f"Incorrect value for `{name}`: `{value}`. Only IPv{version} subnets are allowed")


def absolute_path(text: str) -> None:
    """An absolute path."""
    if not text.startswith("/"):
        raise RefusedError("Must be an absolute filesystem path")


def bootstrap_url(text: str) -> None:
    """A URL of at least two characters without a slash at its end."""
    if len(text) <= 1:
        raise RefusedError("Should be a url (http://example.com/bar or file:///path/to/local/cache)")
    if text[-1] == "/":
        raise RefusedError("Must not end in a '/'")


def exhibitor_bootstrap_ca_url(text: str) -> None:
    """Empty, or an https URL without a slash at its end."""
    if not text:
        return
    if text[-1] == "/":
        raise RefusedError("Must not end in a '/'")
    parts = text.split("://")
    if len(parts) != 2:
        raise RefusedError("Failed to determine `exhibitor_bootstrap_ca_url` protocol.")
    if parts[0] != "https":
        raise RefusedError("Expected `https://` as `exhibitor_bootstrap_ca_url` protocol.")


def dns_search(text: str) -> None:
    """At most six domains and 255 characters, separated by spaces."""
    if "\n" in text:
        raise RefusedError("Newlines are not allowed")
    if "," in text:
        raise RefusedError("Commas are not allowed")
    if len(text) >= 256:
        raise RefusedError("Must be less than 256 characters long")
    if len(text.split()) > 6:
        raise RefusedError("Must contain no more than 6 domains")


def dns_forward_zones(text: str) -> None:
    """A JSON object of zone to a list of name servers."""

    def refused(reason: str) -> RefusedError:
        return RefusedError(f'Invalid "dns_forward_zones": {reason}')

    try:
        zones = parse_json(text)
    except ValueError as error:
        raise refused(f"{text} is not valid JSON: {error}") from None
    if not isinstance(zones, dict):
        raise refused(f"{zones} is not a a dict")
    for upstreams in zones.values():
        if not isinstance(upstreams, list):
            raise refused(f"{upstreams} is not a list")
        for upstream in upstreams:
            if not isinstance(upstream, str):
                raise refused(f"{upstream} is not a string")
            address = _without_port(upstream)
            if not is_ipv4_address(address):
                raise refused(f"{address} not a valid IP address")


def num_masters(text: str) -> None:
    """An odd number up to nine; what is no number at all is a traceback."""
    if _integer_or_crash(text) not in (1, 3, 5, 7, 9):
        raise RefusedError(f"Must have 1, 3, 5, 7, or 9 masters. Found {text}")


def mesos_log_retention_mb(text: str) -> None:
    """At least 1024; what is no number at all is a traceback."""
    if _integer_or_crash(text) < 1024:
        raise RefusedError("Must retain at least 1024 MB of logs")


def _integer_or_crash(text: str) -> int:
    try:
        return integer(text)
    except ValueError:
        raise CrashedError(f"ValueError: invalid literal for int() with base 10: {text!r}") from None


def exhibitor_zk_hosts(text: str) -> None:
    """Hosts and ports, without ``zk://``."""
    if text.startswith("zk://"):
        raise RefusedError("Must be of the form `host:port,host:port', not start with zk://")


def exhibitor_zk_path(text: str) -> None:
    """A path."""
    if not text.startswith("/"):
        raise RefusedError("Must be of the form /path/to/znode")


def s3_prefix(text: str) -> None:
    """A path that does not end in a slash."""
    if text.endswith("/"):
        raise RefusedError("Must be a file path and cannot end in a /")


def metronome_gpu_scheduling_behavior(text: str) -> None:
    """One of the known behaviours, or empty."""
    if text not in ("restricted", "unrestricted", ""):
        raise RefusedError(
            "metronome_gpu_scheduling_behavior must be 'restricted', 'unrestricted', 'undefined' or ''"
        )


def marathon_new_group_enforce_role(text: str) -> None:
    """One of the known values, or empty."""
    if text not in ("top", "off", ""):
        raise RefusedError("marathon_new_group_enforce_role must be 'top', 'off', or ''")


def mesos_recovery_timeout(text: str) -> None:
    """A number with a unit of time."""
    units = ["ns", "us", "ms", "secs", "mins", "hrs", "days", "weeks"]
    match = re.match(r"([\d\.]+)(\w+)", text)
    if match is None:
        raise RefusedError(f"Error parsing 'mesos_recovery_timeout' value: {text}.")
    value, unit = match.groups()
    if value.count(".") > 1:
        raise RefusedError("Invalid decimal format.")
    try:
        number = float(value)
    except ValueError as error:
        raise CrashedError(f"ValueError: {error}") from None
    if number > 2**64:
        raise RefusedError(f"Value {value} not in supported range.")
    if unit not in units:
        raise RefusedError(f"Unit '{unit}' not in {units}.")


def mesos_default_container_shm_size(text: str) -> None:
    """Empty, or whole bytes with a unit."""
    if not text:
        return
    units = ["B", "KB", "MB", "GB", "TB"]
    match = re.match(r"([\d\.]+)(\w+)", text)
    if match is None:
        raise RefusedError(f"Error parsing 'mesos_default_container_shm_size' value: {text}.")
    value, unit = match.groups()
    if "." in value:
        raise RefusedError(f"Fractional bytes: {value}.")
    if unit.upper() not in units:
        raise RefusedError(f"Unit '{unit.upper()}' not in {units}.")


def parsed_integer(name: str) -> Callable[[str], None]:
    """A check that ``int()`` takes the value of that name."""

    def check(text: str) -> None:
        try:
            integer(text)
        except ValueError:
            reason = f"invalid literal for int() with base 10: {text!r}"
            raise RefusedError(f"Error parsing '{name}' parameter as an integer: {reason}") from None

    return check


def adminrouter_grpc_proxy_port(text: str) -> None:
    """A port; the installer's assertion of the range has no message, and its error printer wants one."""
    parsed_integer("adminrouter_grpc_proxy_port")(text)
    if not 0 < integer(text) < 65536:
        raise CrashedError("IndexError: tuple index out of range")


def adminrouter_x_frame_options(text: str) -> None:
    """``DENY``, ``SAMEORIGIN`` or ``ALLOW-FROM`` with an origin."""
    if re.match(r"^(DENY|SAMEORIGIN|ALLOW-FROM[ \t].+)$", text, re.IGNORECASE) is None:
        raise RefusedError("X-Frame-Options must be set to one of DENY, SAMEORIGIN, ALLOW-FROM")
