"""The datastore that both stand-ins share: one JSON file per resource, one lock around every transaction."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

KINDS = ("IPPool", "Profile", "WorkloadEndpoint", "HostEndpoint", "Node")


class DownError(Exception):
    """The datastore does not answer."""


class Store:
    """Resources in ``directory/KIND/NAME.json``; a file ``down`` makes the store fail."""

    def __init__(self, directory: str) -> None:
        self.directory = directory

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """Nobody else reads or writes meanwhile."""
        if os.path.exists(os.path.join(self.directory, "down")):
            raise DownError
        with open(os.path.join(self.directory, "lock"), "a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _path(self, kind: str, name: str) -> str:
        return os.path.join(self.directory, kind, name + ".json")

    def names(self, kind: str) -> list[str]:
        """The names of all resources of a kind."""
        directory = os.path.join(self.directory, kind)
        if not os.path.isdir(directory):
            return []
        return sorted(entry[: -len(".json")] for entry in os.listdir(directory) if entry.endswith(".json"))

    def read(self, kind: str, name: str) -> dict[str, Any] | None:
        """A resource, None where there is none."""
        try:
            with open(self._path(kind, name)) as file:
                resource: dict[str, Any] = json.load(file)
        except FileNotFoundError:
            return None
        return resource

    def all(self, kind: str) -> list[dict[str, Any]]:
        """All resources of a kind, by name."""
        found = [self.read(kind, name) for name in self.names(kind)]
        return [resource for resource in found if resource is not None]

    def write(self, resource: dict[str, Any]) -> None:
        """Puts a resource in."""
        path = self._path(resource["kind"], resource["metadata"]["name"])
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path + ".new", "w") as file:
            json.dump(resource, file)
        os.replace(path + ".new", path)

    def delete(self, kind: str, name: str) -> None:
        """Takes a resource out."""
        os.unlink(self._path(kind, name))
