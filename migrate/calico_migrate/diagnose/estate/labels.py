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
        parameters = (parameter for _, parameter in attachments.docker_parameters(workload.value))
        keys |= {label[0] for label in map(attachments.policy_label, parameters) if label is not None}
    return keys | {sanitise_text(key) for key in keys}
