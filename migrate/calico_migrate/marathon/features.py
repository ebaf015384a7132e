"""What a definition must have for a rule to have anything to say: each rule names one feature it needs.

Most definitions of a large document have few features, so that few rules look at them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calico_migrate.marathon.subject import Subject


class Feature:
    """The names of the features."""

    ANY: Final = "any"
    ADDRESS: Final = "an ipAddress"
    DOCKER_ON_CALICO: Final = "a Docker app on a new network"
    IPV6: Final = "the network dcos6"
    MERGED: Final = "merged networks"
    MOVED: Final = "a change of network"
    NO_DEPENDENCIES: Final = "dependencies that are null"
    OVERLAY_MARK: Final = "a text like an address of the overlay"
    PACKAGE: Final = "labels of a package"
    PARAMETERS: Final = "docker parameters"
    POLICY_LABELS: Final = "policy labels on a new network"
    SEVERAL_NETWORKS: Final = "several container networks"
    UNMOVED_LABELS: Final = "policy labels that could not be moved"
    UNNAMED: Final = "a network without a name"
    VIP_MARK: Final = "a text like a VIP"


# Texts that must stand in a definition's text for a feature that is costly to find in its value.
MARKS = {Feature.VIP_MARK: "VIP_", Feature.OVERLAY_MARK: "9."}


def features(subject: Subject) -> list[str]:
    """The features of a definition, but those of `MARKS`."""
    found: list[str] = [Feature.ANY]
    planned, value = subject.planned, subject.value
    if subject.moved:
        found.append(Feature.MOVED)
    if subject.parameters:
        found.append(Feature.PARAMETERS)
    if "ipAddress" in value:
        found.append(Feature.ADDRESS)
    if value.get("dependencies", ()) is None:
        found.append(Feature.NO_DEPENDENCIES)
    if subject.is_packaged:
        found.append(Feature.PACKAGE)
    if planned.attachments:
        found += _of_attachments(subject)
    return found


def _of_attachments(subject: Subject) -> Iterator[str]:
    planned = subject.planned
    if len(planned.networks) > 1:
        yield Feature.SEVERAL_NETWORKS
    if planned.merges:
        yield Feature.MERGED
    if planned.unmoved:
        yield Feature.UNMOVED_LABELS
    if subject.on_calico:
        if subject.runtime == "docker":
            yield Feature.DOCKER_ON_CALICO
        if subject.has_policy_labels:
            yield Feature.POLICY_LABELS
    names = {attachment.name for attachment in planned.attachments}
    if None in names:
        yield Feature.UNNAMED
    if "dcos6" in names:
        yield Feature.IPV6
