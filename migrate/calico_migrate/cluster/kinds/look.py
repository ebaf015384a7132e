"""What one look at an item shows: its definition, its instances, what last failed, and what deploys it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Instance(NamedTuple):
    """One instance: ``version`` is that of the definition it was started from; ``tasks`` are its ids in
    Mesos.

    ``healthy`` is None where nothing looks at its health.
    """

    id: str
    version: str
    running: bool
    healthy: bool | None
    addresses: tuple[str, ...]
    tasks: tuple[str, ...]


class Failure(NamedTuple):
    """The last failure of an instance: of which version, when, and what was said."""

    version: str
    at: str
    message: str


class Look(NamedTuple):
    """What one look showed.

    ``body`` is the answer that tells of the instances, ``content`` what is compared and sent, and ``digest``
    that of the content. ``config`` is the version of the last change of configuration, empty where nothing
    says it; ``deployments`` the ids of those that touch it, None where the answer does not name them.
    ``objection`` says why it must not be sent as it is; ``busy`` what must end before it is moved, ``broken``
    what must be mended before; they are empty where nothing is in the way.
    """

    body: Mapping[str, Any]
    content: dict[str, Any]
    digest: str
    version: str = ""
    config: str = ""
    wanted: int = 0
    instances: tuple[Instance, ...] = ()
    failure: Failure | None = None
    deployments: tuple[str, ...] | None = ()
    checked: bool = False
    objection: str = ""
    busy: str = ""
    broken: str = ""

    def of_version(self, version: str) -> list[Instance]:
        """The instances of this version or a later one: versions are fixed-width texts in UTC."""
        return [each for each in self.instances if each.version and each.version >= version]

    def before(self, version: str) -> list[Instance]:
        """The instances of an older version."""
        return [each for each in self.instances if each.version < version]


def text(value: Any) -> str:
    """A text, empty for whatever is none."""
    return value if isinstance(value, str) else ""
