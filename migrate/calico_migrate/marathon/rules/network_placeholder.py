"""The name of a network is a placeholder.

A file with `${NETWORK:-dcos}` or `{{ network }}` where a network is named is the template of a definition:
what is put there decides which network it will be, and that comes from somewhere else. A placeholder is never
edited, and neither is its default.

Example:
    "networks": [{"mode": "container", "name": "${NETWORK:-dcos}"}]

Change the value where it is given, and the default in the placeholder by hand.
"""

from collections.abc import Iterator

from calico_core.json.pointers import Path
from calico_core.rules import Findings, warning
from calico_migrate.marathon.parsed.marks import Mark
from calico_migrate.marathon.parsed.placeholders import has_placeholder, names_in
from calico_migrate.marathon.subject import Subject

RULE = warning(
    __name__,
    source="mesosphere/marathon docs/docs/rest-api/public/api/v2/types/stringTypes.raml (NetworkName)",
)
WATCHES = (Mark.JOB_NETWORKS, Mark.UNUSUAL)


def check(subject: Subject) -> Findings:
    """Each placeholder where a definition names a network, or says how it joins one."""
    for path, text in _texts(subject):
        names = names_in(text, subject.network_map.names)
        stands = f"; {' and '.join(names)} in it is a network that moves" if names else ""
        new = subject.network_map.names[names[0]] if names else "the new name"
        what = "the mode" if path[-1] == "mode" else "the name"
        yield subject.finding(
            RULE,
            path,
            f"{what} of this network is a placeholder of some template, {text}, which is not edited{stands}",
            hint=f"write {new} where its value or its default comes from",
        )


def _texts(subject: Subject) -> Iterator[tuple[Path, str]]:
    """The texts with placeholders in the places of names and modes, each with its path."""
    for attachment in subject.planned.attachments:
        if attachment.entry is not None and has_placeholder(attachment.name):
            yield (*attachment.entry, attachment.key), str(attachment.name)
    holder: Path = ("run",) if subject.kind == "job" else ()
    networks = (subject.value["run"] if holder else subject.value).get("networks")
    if subject.kind != "edgelb-pool" and isinstance(networks, list):
        for index, entry in enumerate(networks):
            if isinstance(entry, dict) and has_placeholder(entry.get("mode")):
                yield (*holder, "networks", index, "mode"), entry["mode"]
    for path, names in subject.record.network_names:
        for index, name in enumerate(names):
            if has_placeholder(name):
                yield (*path, index), name
