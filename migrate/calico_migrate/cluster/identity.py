"""Which cluster this is: what a plan is bound to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from calico_core.legible import quoted
from calico_migrate.cluster import ids, mesos, paths
from calico_migrate.cluster.connection.failures import (
    OtherClusterError,
    RefusedError,
    UnreachableError,
)
from calico_migrate.cluster.connection.reading import Reader, is_object

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class Identity(NamedTuple):
    """A cluster.

    ``id`` is Admin Router's CLUSTER_ID, ``framework`` the id of the root Marathon's framework, ``name``
    Mesos' name of the cluster; all are None where nothing says them. ``variant`` is open or enterprise.
    """

    id: str | None
    framework: str | None
    name: str | None
    url: str
    dcos: str | None
    variant: str | None

    @classmethod
    def of(cls, texts: Mapping[str, str | None]) -> Identity:
        """From its texts by name."""
        return cls(
            texts["id"],
            texts["framework"],
            texts["name"],
            texts["url"] or "",
            texts["dcos"],
            texts["variant"],
        )

    def to_json(self) -> dict[str, str | None]:
        """As it stands in ``cluster.json`` and in a plan."""
        return self._asdict()


def cluster_id(reader: Reader, warn: Callable[[str], object]) -> str | None:
    """The cluster's id; without one None, with a warning."""
    try:
        value = reader.document(paths.METADATA, is_object).value.get("CLUSTER_ID")
    except RefusedError as error:
        warn(f"the cluster's id is unknown ({error}); the root Marathon's framework alone tells it apart")
        return None
    if isinstance(value, str) and value.strip():
        return value.strip()
    warn("the cluster does not say its id; the root Marathon's framework alone tells it apart")
    return None


def version_and_variant(reader: Reader) -> tuple[str | None, str | None]:
    """The version of DC/OS and its variant; None for what is not said."""
    try:
        value = reader.document(paths.VERSION, is_object, within=0).value
    except (RefusedError, UnreachableError):
        return None, None
    return _text(value.get("version")), _text(value.get("dcos-variant"))


def framework_id(reader: Reader, *, expected: bool = False) -> str | None:
    """The id of the root Marathon's framework: from its own word, else (403) from Mesos.

    Where one is ``expected``, an answer without it is an outage: a new leader has none before Mesos knows it
    (api/v2/InfoResource.scala). Raises what `Reader.document` raises, but for a refused Mesos.
    """
    try:
        shape = _says_framework if expected else is_object
        info = reader.document(f"{ids.service(paths.ROOT_MARATHON)}/v2/info", shape).value
    except RefusedError as error:
        if error.status != 403:
            raise
        state = reader.document(paths.MESOS_STATE, is_object).value
        return mesos.framework_called(state, paths.ROOT_MARATHON)
    return _text(info.get("frameworkId"))


def require_same(
    planned_id: str | None, planned_framework: str | None, live_id: str | None, live_framework: str | None
) -> None:
    """Raises OtherClusterError unless the cluster is the one of the plan."""
    if planned_id is not None and live_id is not None and planned_id != live_id:
        raise OtherClusterError(
            f"this is another cluster than the plan's: its id is {quoted(live_id)}, the plan's"
            f" {quoted(planned_id)}; nothing is sent"
        )
    by_id_alone = planned_framework is None and planned_id is not None and planned_id == live_id
    if planned_framework != live_framework and not by_id_alone:
        raise OtherClusterError(
            "the root Marathon is another than the plan's: its framework is"
            f" {quoted(live_framework or 'unknown')}, the plan's {quoted(planned_framework or 'unknown')};"
            " nothing is sent"
        )


def _says_framework(value: Any) -> bool:
    return isinstance(value, dict) and _text(value.get("frameworkId")) is not None


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None
