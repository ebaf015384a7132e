"""How the parts of a snapshot are called that are not a Marathon's own."""

from __future__ import annotations

from urllib.parse import quote

MESOS = "mesos/state.json"
JOBS = "metronome/jobs.json"
PACKAGES = "cosmos/packages.json"
POOLS = "edgelb/pools.json"


def unit(name: str) -> str:
    """How a unit is on the nodes."""
    return f"health/{name}.json"


def description(app: str) -> str:
    """What Cosmos says of the service with this app."""
    return f"cosmos/services/{_name(app)}.json"


def deploy_plan(service: str) -> str:
    """The deploy plan of a service's scheduler."""
    return f"sdk/{_name(service)}.json"


def _name(path: str) -> str:
    """A file's name: slashes are encoded, so that no service's file is another's folder."""
    return quote(path.strip("/"), safe="")
