"""The definition was printed by `dcos marathon app show`, which leaves fields out.

Since DC/OS 2.1 that command reads the app into a structure of its own and prints that: `check`,
`executorResources`, `resourceLimits`, `tty` and others are gone, every port mapping gets `"hostPort": 0`.
Sent back, the app would lose all that. The marks of such a document are `"ports": null` together with
`"dependencies": null`.

Example:
    {"id": "/web", "dependencies": null, "ports": null}

Read the definition from Marathon's API instead: `curl …/service/marathon/v2/apps/web`.
"""

from calico_core.rules import Findings, error
from calico_migrate.marathon.parsed.marks import Mark
from calico_migrate.marathon.subject import Subject

RULE = error(
    __name__,
    source="dcos/dcos-core-cli pkg/marathon/client.go and pkg/cmd/marathon/app/app_show.go (2.1-patch.0)",
)
WATCHES = (Mark.NO_DEPENDENCIES,)

_ABSENT = object()


def check(subject: Subject) -> Findings:
    """An app with both marks."""
    value = subject.value
    if (
        subject.kind == "app"
        and value.get("dependencies", _ABSENT) is None
        and value.get("ports", _ABSENT) is None
    ):
        yield subject.finding(
            RULE,
            ("dependencies",),
            "this is what `dcos marathon app show` prints, which has lost fields of the app",
            hint="read the app from Marathon's API, /service/marathon/v2/apps/ID, and start from that",
        )
