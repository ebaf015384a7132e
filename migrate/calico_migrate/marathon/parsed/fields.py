"""What Marathon's answers tell of a running app beside its definition."""

from __future__ import annotations

RUNTIME_FIELDS = frozenset({
    "version",
    "versionInfo",
    "tasks",
    "tasksStaged",
    "tasksRunning",
    "tasksHealthy",
    "tasksUnhealthy",
    "tasksStats",
    "taskStats",
    "deployments",
    "lastTaskFailure",
    "readinessCheckResults",
})  # fmt: skip
"""The version, and what tells of the running app and not of its definition
(mesosphere/marathon docs/docs/rest-api/public/api/v2/types/app.raml, AppInfo)."""
