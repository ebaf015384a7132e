"""Names, namespaces, labels and annotations.

Source: projectcalico/libcalico-go dda4a7964ffa ``lib/validator/v3/validator.go`` (validateObjectMeta,
validateObjectMetaAnnotations, validateObjectMetaLabels, validateNetworkPolicy, validateGlobalNetworkPolicy),
``lib/clientv3/resources.go`` and ``profile.go``; projectcalico/calicoctl v3.14.0
``calicoctl/commands/common/resources.go`` (handleNamespace).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from calico_migrate.calico.kubernetes import (
    DNS_LABEL,
    DNS_SUBDOMAIN,
    MAXIMUM_SUBDOMAIN,
    byte_length,
    label_value_problem,
    qualified_name_problem,
)
from calico_migrate.calico.reading.problems import article
from calico_migrate.calico.reading.types import Anything, ListOf, Record, Text, TextMap, Time, Whole
from calico_migrate.calico.rules import (
    invalid_annotation,
    invalid_label,
    invalid_name,
    invalid_namespace,
    printed_by_calicoctl,
)
from calico_migrate.calico.validation.checks import name_problem

if TYPE_CHECKING:
    from calico_core.json.pointers import Path
    from calico_migrate.calico.validation.kind import Kind, Subject

OBJECT_META = Record(
    "ObjectMeta",
    {
        "name": Text(),
        "generateName": Text(),
        "namespace": Text(),
        "selfLink": Text(),
        "uid": Text(),
        "resourceVersion": Text(),
        "generation": Whole(),
        "creationTimestamp": Time(),
        "deletionTimestamp": Time(),
        "deletionGracePeriodSeconds": Whole(),
        "labels": TextMap(),
        "annotations": TextMap(),
        "ownerReferences": ListOf(Anything()),
        "finalizers": ListOf(Text()),
        "clusterName": Text(),
        "managedFields": ListOf(Anything()),
    },
)

LIST_META = Record(
    "ListMeta",
    {"selfLink": Text(), "resourceVersion": Text(), "continue": Text(), "remainingItemCount": Whole()},
)

MOST_ANNOTATION_BYTES = 256 * 1024
ALLOW_PROFILE = "projectcalico-default-allow"
NAMESPACE_LABEL = "projectcalico.org/namespace"

_POLICY_NAME = re.compile(DNS_LABEL)
_KUBERNETES_NAME = rf"(?:knp|ossg)\.default\.{DNS_SUBDOMAIN}"


def check_metadata(subject: Subject, kind: Kind) -> None:
    """Everything that Calico asks of the metadata of a resource of this kind."""
    metadata = subject.metadata
    _check_name(subject, kind, metadata.get("name") or "")
    namespace = metadata.get("namespace")
    if namespace and not kind.namespaced:
        subject.report(
            invalid_namespace.RULE,
            ("metadata", "namespace"),
            f"{article(kind.name)} has no namespace, and calicoctl refuses one",
            "remove metadata.namespace",
        )
    if metadata.get("resourceVersion"):
        subject.report(
            printed_by_calicoctl.RULE,
            ("metadata", "resourceVersion"),
            "calicoctl get has printed this resourceVersion: apply takes it, create refuses it",
            "remove it where the file is kept",
        )
    check_annotations(subject, metadata.get("annotations") or {}, ("metadata", "annotations"))
    check_labels(subject, metadata.get("labels") or {}, ("metadata", "labels"))


def _check_name(subject: Subject, kind: Kind, name: str) -> None:
    path = ("metadata", "name")
    if not name:
        generated = " (generateName is not supported)" if subject.metadata.get("generateName") else ""
        subject.report(invalid_name.RULE, path, f"the resource has no name{generated}", "add metadata.name")
        return
    length = byte_length(name)
    if length > MAXIMUM_SUBDOMAIN:
        subject.report(
            invalid_name.RULE,
            path,
            f"the name has {length} bytes, and Calico takes {MAXIMUM_SUBDOMAIN} at most",
        )
        return
    problem = name_problem(name)
    if problem:
        subject.report(invalid_name.RULE, path, problem)
    elif kind.policy_name and _POLICY_NAME.fullmatch(name) is None:
        if not (kind.kubernetes_names and re.fullmatch(_KUBERNETES_NAME, name)):
            subject.report(
                invalid_name.RULE,
                path,
                f"the name of a {kind.name} has no dots: '{name}'",
                "write '-' instead of '.', in labels and files that name it too",
            )
    elif kind.name == "Profile" and name == ALLOW_PROFILE:
        if subject.listed:
            subject.report(
                printed_by_calicoctl.RULE,
                path,
                f"calicoctl get lists the profile {ALLOW_PROFILE}, which is Calico's own",
                "remove it where the file is kept",
            )
        else:
            subject.report(invalid_name.RULE, path, f"the profile {ALLOW_PROFILE} is Calico's own")


def check_labels(subject: Subject, labels: dict[str, str], path: Path) -> None:
    """Keys and values of labels; ``path`` is that of the mapping."""
    for key, value in labels.items():
        problem = qualified_name_problem(key)
        if problem:
            subject.report(
                invalid_label.RULE, (*path, key), f"'{key[:80]}' cannot be a label's key: {problem}"
            )
        problem = label_value_problem(value)
        if problem:
            subject.report(
                invalid_label.RULE,
                (*path, key),
                f"'{value[:80]}' cannot be the value of the label '{key[:80]}': {problem}",
            )


def check_annotations(subject: Subject, annotations: dict[str, str], path: Path) -> None:
    """Keys of annotations, whose case does not matter, and how much text there is in all."""
    total = 0
    for key, value in annotations.items():
        problem = qualified_name_problem(key.lower())
        if problem:
            subject.report(
                invalid_annotation.RULE,
                (*path, key),
                f"'{key[:80]}' cannot be an annotation's key: {problem}",
            )
        total += byte_length(key) + byte_length(value)
    if total > MOST_ANNOTATION_BYTES:
        subject.report(
            invalid_annotation.RULE,
            path,
            f"the annotations have {total} bytes, and Calico takes {MOST_ANNOTATION_BYTES} at most",
        )


def check_set_labels(subject: Subject) -> None:
    """A NetworkSet's labels: the one that stands for the namespace is Calico's own."""
    labels: dict[str, Any] = subject.metadata.get("labels") or {}
    if NAMESPACE_LABEL in labels:
        subject.report(
            invalid_label.RULE,
            ("metadata", "labels", NAMESPACE_LABEL),
            f"the label {NAMESPACE_LABEL} is Calico's own",
            "remove it",
        )
