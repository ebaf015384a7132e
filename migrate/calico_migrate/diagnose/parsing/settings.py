"""Lines of ``name = value``: ``sysctl -a``, ``timedatectl``, ``sestatus``; and ``systemctl list-units``,
``df``.
"""

from __future__ import annotations

import re
from datetime import datetime, timezone
from typing import NamedTuple


class Setting(NamedTuple):
    """A value, and its line."""

    value: str
    line: int

    def number(self) -> int | None:
        """The value as a number, None where it is none."""
        return int(self.value) if re.fullmatch(r"-?\d{1,18}", self.value) else None


def parse_sysctl(text: str) -> dict[str, Setting]:
    """The settings by name; the dot of an interface's name stands as ``/``."""
    found: dict[str, Setting] = {}
    for number, line in enumerate(text.splitlines(), 1):
        name, separator, value = line.partition(" = ")
        if separator:
            found[name.strip()] = Setting(value.strip(), number)
    return found


def parse_colons(text: str) -> dict[str, Setting]:
    """Lines of ``Name: value``, names in lower case."""
    found: dict[str, Setting] = {}
    for number, line in enumerate(text.splitlines(), 1):
        name, separator, value = line.partition(":")
        if separator:
            found.setdefault(name.strip().lower(), Setting(value.strip(), number))
    return found


def universal_time(settings: dict[str, Setting]) -> datetime | None:
    """The time that ``timedatectl`` says, in UTC."""
    setting = settings.get("universal time")
    match = re.search(r"(\d{4})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)", setting.value) if setting else None
    if match is None:
        return None
    try:
        year, month, day, hour, minute, second = (int(part) for part in match.groups())
        return datetime(year, month, day, hour, minute, second, tzinfo=timezone.utc)
    except ValueError:
        return None


class Unit(NamedTuple):
    """A systemd unit that is loaded: its states, and its line."""

    name: str
    active: str
    sub: str
    line: int
    text: str

    @property
    def running(self) -> bool:
        """Whether it does its work."""
        return self.active in ("active", "reloading")


def parse_units(text: str) -> dict[str, Unit]:
    """The units by name; what is inactive is not listed."""
    found: dict[str, Unit] = {}
    for number, line in enumerate(text.splitlines(), 1):
        words = line.replace("●", " ").replace("*", " ").split()
        if len(words) >= 4 and re.search(r"\.(?:service|socket|timer|target|path)\Z", words[0]):
            found[words[0]] = Unit(words[0], words[2], words[3], number, line)
    return found


class Disk(NamedTuple):
    """A mounted file system, how full it is in per cent, and its line."""

    mount: str
    used: int
    line: int
    text: str


def parse_disks(text: str) -> list[Disk]:
    """The rows of ``df``; a row that was broken behind a long device name is joined."""
    found: list[Disk] = []
    for number, line in enumerate(text.splitlines(), 1):
        match = re.search(r"\s(\d{1,3})%\s+(/.*?)\s*\Z", line)
        if match is not None:
            found.append(Disk(match[2], int(match[1]), number, line.strip()))
    return found
