"""An old network is named where Marathon does not look for a network.

A scheduler takes the network of its tasks from its environment, a command from its own options
(`spark.mesos.network.name`, `docker run --network`, the `--default_network_name` of a Marathon that runs on
Marathon), and Marathon ignores keys that it does not know (`container.network`, a `networkName` at the top).
Such a name is not edited: only its reader knows what it means. Whatever is started there stays on the old
network, or goes where nobody meant it to be.

Example:
    "env": {"VIRTUAL_NETWORK_NAME": "dcos"},
    "networks": [{"mode": "host"}]

Change the name by hand, in the same step as the networks that it has to agree with. A key that Marathon
ignores is best taken out, and the network named in `networks`.
"""

from calico_core.rules import Findings, warning
from calico_migrate.marathon.elsewhere import Elsewhere
from calico_migrate.marathon.parsed.marks import Mark
from calico_migrate.marathon.subject import Subject

RULE = warning(
    __name__,
    source="DC/OS 2.2 documentation, Services > Spark, Run a job (spark.mesos.network.name);"
    " mesosphere/marathon docs/docs/command-line-flags.md (--default_network_name);"
    " mesosphere/dcos-commons sdk RawServiceSpec.java (environment of a scheduler)",
)
WATCHES = (Mark.NAMED_ELSEWHERE,)


def check(subject: Subject) -> Findings:
    """Each text of a definition that names an old network in a place of its own."""
    managed = subject.package is not None
    for found in subject.named_elsewhere:
        # The environment of a package's scheduler is rendered from options, which rules of their own tell.
        if managed and found.place == "variable":
            continue
        yield subject.finding(
            RULE, found.path, _words(subject, found), hint=_hint(found, subject.network_map.names[found.name])
        )


def _words(subject: Subject, found: Elsewhere) -> str:
    reader = "Metronome" if subject.kind == "job" else "Marathon"
    if found.place == "key":
        return f"{reader} does not know this key and ignores the network {found.name} in it"
    if "default_network_name" in found.said.lower():
        return (
            f"`{found.said}` says what an unnamed network stands for in the Marathon that is started here:"
            f" its apps without a name stay on {found.name}"
        )
    what = "the environment" if found.place == "variable" else "the command"
    return (
        f"{what} names the network {found.name} (`{found.said}`) for what is started here; {reader} does not"
        " read it, and it stays as it is"
    )


def _hint(found: Elsewhere, new: str) -> str:
    if found.place == "key":
        return "name the network in networks, and take this out"
    return f"write {new} there by hand, when what it starts is to move"
