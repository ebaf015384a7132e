"""Chronos jobs.

Looks at JSON with a job's ``name`` and its ``schedule`` or ``parents``, one or a list: the names in
``container.networkInfos``, Docker's network parameter, and what else has a network word for its key.

Example:
    {"name": "nightly", "schedule": "R/2020-01-01T00:00:00Z/P1D", "command": "run",
     "container": {"type": "MESOS", "networkInfos": [{"name": "dcos"}]}}

No command rewrites the jobs of Chronos. Change the name
by hand, or make the job one of Metronome's.
"""

from __future__ import annotations

from typing import Any


def is_chronos(value: Any) -> bool:
    """Whether a JSON value is a Chronos job, or a list of them (mesos/chronos docs/docs/api.md)."""
    if isinstance(value, list):
        return bool(value) and all(is_chronos(each) for each in value)
    return (
        isinstance(value, dict)
        and isinstance(value.get("name"), str)
        and ("schedule" in value or "parents" in value)
        and ("command" in value or "container" in value)
    )
