"""What the facts of a config.yaml are made of: its pool, its numbers, its overlays, and where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypedDict

if TYPE_CHECKING:
    from calico_core.addresses import Range, WrittenNetwork
    from calico_core.json.pointers import Path


class Place(TypedDict, total=False):
    """Keyword arguments for a finding: where it is."""

    line: int
    column: int
    pointer: str


NUMBERS: tuple[str, ...] = (
    "calico_veth_mtu",
    "calico_vxlan_mtu",
    "calico_ipinip_mtu",
    "calico_vxlan_port",
    "calico_vxlan_vni",
    "dcos_overlay_mtu",
)
"""The numbers that the rules judge."""


class Pool:
    """The value of ``calico_network_cidr`` in effect, as text, as addresses and as it was written."""

    __slots__ = (
        "range",
        "text",
        "written",
    )

    def __init__(self, text: str, range: Range, written: WrittenNetwork) -> None:  # noqa: A002
        self.text = text
        self.range = range
        self.written = written


class Number:
    """A numeric parameter in effect: the installer's text, its number, and whether the file sets it."""

    __slots__ = (
        "is_set",
        "name",
        "text",
        "value",
    )

    def __init__(self, name: str, text: str, value: int, is_set: bool) -> None:
        self.name = name
        self.text = text
        self.value = value
        self.is_set = is_set


class Network6:
    """An IPv6 network of an overlay as numbers, with its overlay's name, its text and the path to it."""

    __slots__ = (
        "first",
        "last",
        "owner",
        "path",
        "text",
    )

    def __init__(self, first: int, last: int, owner: str, text: str, path: Path) -> None:
        self.first = first
        self.last = last
        self.owner = owner
        self.text = text
        self.path = path


class Overlay:
    """One entry of ``overlays``: its JSON fields as they are, and the path to it in the file."""

    __slots__ = (
        "fields",
        "path",
    )

    def __init__(self, fields: dict[str, Any], path: Path) -> None:
        self.fields = fields
        self.path = path

    @property
    def name(self) -> str:
        """Its name for a human."""
        return str(self.fields.get("name", "without a name"))

    @property
    def enabled(self) -> bool:
        """Whether it is in use."""
        return self.fields.get("enabled", True) not in (False, 0)


class Refused(NamedTuple):
    """One thing that the installer refuses.

    ``kind`` is ``message``, ``unset``, ``crash`` or ``render``; ``names`` the parameters that it is about,
    the one to change first. ``later`` says that the installer shows it only after other errors are gone,
    ``harmless`` that it would work if the installer let it pass. ``path`` leads to the place inside a
    parameter where it is known; ``line`` and ``column`` where it is no parameter's.
    """

    kind: str
    names: tuple[str, ...]
    message: str
    later: bool = False
    harmless: bool = False
    path: Path = ()
    line: int | None = None
    column: int | None = None


def installer_integer(text: str) -> int | None:
    """``int(text)`` as the installer's Python 3.6 does it, None where that raises."""
    try:
        return int(text)
    except ValueError:
        digits = text.strip().lstrip("+-")
        if len(digits) > 4000 and digits.isdecimal() and len(text.strip()) - len(digits) <= 1:
            from calico_config.document.scalars import parse_decimal

            return parse_decimal(digits) * (-1 if text.strip().startswith("-") else 1)
        return None
