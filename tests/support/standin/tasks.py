"""One instance of an app or pod."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field


@dataclass
class Task:
    """An instance: of which app and version, on which network, since when (by the monotonic clock)."""

    spec: str
    version: str
    network: str | None
    address: str
    since: float
    running: bool = False
    healthy: bool | None = None
    instance: str = field(default_factory=lambda: str(uuid.uuid4()))

    @property
    def id(self) -> str:
        """The task's id in Mesos."""
        return f"{self.spec[1:].replace('/', '_')}.instance-{self.instance}._app.1"

    @property
    def instance_id(self) -> str:
        """A pod instance's id."""
        return f"{self.spec[1:].replace('/', '_')}.instance-{self.instance}"

    def container_id(self, container: str) -> str:
        """The id of a pod container's task in Mesos."""
        return f"{self.instance_id}.{container}"
