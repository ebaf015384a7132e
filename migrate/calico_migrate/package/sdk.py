"""Which dcos-commons SDK a package is built on, and whether the SDK's own command line comes with it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

# `dcos-commons/artifacts/0.57.3/`, `sdk/artifacts/0.55.2/`, `sdk/0.42.1/`, `dcosdev-sdk/assets/0.42.1/`.
_IN_URI = re.compile(r"(?:dcos-commons|sdk)/(?:artifacts/|assets/)?(\d+)\.(\d+)(?:\.(\d+))?[^/]*/")
_IN_TAG = re.compile(r"(\d+)\.(\d+)\.(\d+)")
_IN_GRADLE = re.compile(r"dcosSDKVer\s*=\s*[\"'](\d+)\.(\d+)(?:\.(\d+))?")

# The first version whose scheduler takes an unknown network name for one without port mapping, so that the
# update from dcos to calico keeps the network regime: mesosphere/dcos-commons commit abd884cb1.
FIRST_THAT_MOVES = (0, 19, 3)

_SCHEDULER_VARIABLE = "DCOS_COMMONS_API_VERSION"


class SdkVersion(NamedTuple):
    """A version of the SDK, compared by its numbers."""

    major: int
    minor: int
    patch: int

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}.{self.patch}"

    @property
    def refuses_update(self) -> bool:
        """Whether its scheduler refuses the step from dcos to another virtual network."""
        return tuple(self) < FIRST_THAT_MOVES


def version_in_resources(resource: Any) -> SdkVersion | None:
    """The highest version in the addresses of resource.json's assets; None where none is named.

    One package can name several: an older executor goes with a newer scheduler.
    """
    found = [_version(match) for text in _strings(resource, 0) for match in _IN_URI.finditer(text)]
    return max(found, default=None)


def version_in_tags(package: Any) -> SdkVersion | None:
    """The version in package.json's first tag, where dcosdev keeps it; None where the tag is no version."""
    tags = package.get("tags") if isinstance(package, dict) else None
    first = tags[0] if isinstance(tags, list) and tags else None
    match = _IN_TAG.fullmatch(first) if isinstance(first, str) else None
    return _version(match) if match else None


def version_in_gradle(text: str) -> SdkVersion | None:
    """The version that a framework's build.gradle names; None where it names none."""
    match = _IN_GRADLE.search(text)
    return _version(match) if match else None


def has_update_command(resource: Any, template: str) -> bool:
    """Whether ``dcos <package> update start`` exists: an SDK scheduler with a command line of its own.

    A scheduler whose ``resource`` is not known (None) is taken for one that has it, as nearly all have.
    """
    brings = resource is None or (isinstance(resource, dict) and bool(resource.get("cli")))
    return brings and _SCHEDULER_VARIABLE in template


def is_scheduler(template: str) -> bool:
    """Whether a template installs a scheduler built on the SDK."""
    return _SCHEDULER_VARIABLE in template


def _version(match: re.Match[str]) -> SdkVersion:
    return SdkVersion(*(int(part or 0) for part in match.groups()))


def _strings(value: Any, depth: int) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif depth < 12:
        for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            yield from _strings(item, depth + 1)
