"""The labels that an app means its endpoints to have, wherever they are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calico_migrate.calico.labels import sanitise_text
from calico_migrate.marathon.parsed import attachments

if TYPE_CHECKING:
    from calico_migrate.policy.cluster.workloads import Workload


def intended_labels(workload: Workload) -> set[str]:
    """The keys of the labels in ``networks`` and in Docker's parameters, as written and as UCR changes
    them.
    """
    keys: set[str] = set()
    for attachment in attachments.attachments(workload.kind, workload.value):
        keys |= {str(key) for key in attachment.labels}
    if workload.kind == "app":
        for _, parameter in attachments.docker_parameters(workload.value):
            text = parameter.get("value")
            if (
                parameter.get("key") == "label"
                and isinstance(text, str)
                and text.startswith(attachments.LABEL_PREFIX)
            ):
                keys.add(text[len(attachments.LABEL_PREFIX) :].partition("=")[0])
    return keys | {sanitise_text(key) for key in keys}
