"""A field that Marathon adds when it answers is taken out before the definition goes back.

`--for-update` removes exactly `version`, with which Marathon refuses an update, and the fields of the running
app: `versionInfo`, `tasks`, `tasksStaged`, `tasksRunning`, `tasksHealthy`, `tasksUnhealthy`, `tasksStats`,
`taskStats`, `deployments`, `lastTaskFailure` and `readinessCheckResults`. Everything else stays, because a
field that is missing in an update is lost.

Example:
    {"app": {"id": "/web", "version": "2026-01-01T00:00:00Z"}}      becomes
    {"id": "/web"}

Send the result to Marathon as a whole.
"""

from calico_core.rules import info

RULE = info(
    __name__,
    source="mesosphere/marathon AppValidation.scala:329-339 (version);"
    " docs/docs/rest-api/public/api/v2/types/app.raml (AppInfo)",
)
