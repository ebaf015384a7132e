"""The labels of a Mesos task as they arrive at its Calico endpoint.

UCR and Docker differ in everything: UCR's labels go through DC/OS' wrapper, which compresses long values,
and through Calico's CNI plugin, which replaces what Calico does not allow; Docker's are taken as they are,
and one that Calico does not allow loses all of them.

Sources: dcos/dcos ``packages/calico/extra/calico-cni-wrapper.go`` (compressLongLabel);
projectcalico/cni-plugin ``internal/pkg/utils/utils.go`` (SanitizeMesosLabel);
mesosphere/libnetwork-plugin ``driver/network_driver.go`` (populateWorkloadEndpointWithLabels).
"""

# No annotations as texts here: `NamedTuple` would compile each at every start.
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Literal, NamedTuple

from calico_migrate.calico.kubernetes import (
    MAXIMUM_LABEL,
    byte_length,
    label_value_problem,
    qualified_name_problem,
)

Runtime = Literal["ucr", "docker"]
"""The container runtime that starts the task: Mesos' own, or Docker Engine."""

_COMPRESSED_HASH = 7
_COMPRESSED_REST = 53

_FORBIDDEN = re.compile(r"[^-_.a-zA-Z0-9]+")
_DOTS_AND_DASHES = re.compile(r"[.-]+")
_SURROGATES = "[\ud800-\udfff]"


class LabelProblem(NamedTuple):
    """A label that the endpoint cannot have.

    ``key`` is the label's key as the user wrote it; ``part`` is ``key`` or ``value``; ``arrives_as`` is what
    that part becomes on the way; ``reason`` completes "because …".
    """

    key: str
    part: Literal["key", "value"]
    arrives_as: str
    reason: str


class LabelCollision(NamedTuple):
    """Two keys that become one; only ``kept``, the later one, reaches the endpoint."""

    lost: str
    kept: str
    arrives_as: str


class SanitisedLabels(NamedTuple):
    """What becomes of a task's labels.

    ``labels`` are the labels of the endpoint. With any problem there are none: under UCR the task does not
    start at all, under Docker it starts without a single one of them.
    """

    labels: dict[str, str]
    problems: list[LabelProblem]
    collisions: list[LabelCollision]


def sanitise(labels: Mapping[str, str], runtime: Runtime) -> SanitisedLabels:
    """The labels as the endpoint gets them.

    For ``ucr`` these are the labels of the task's network (Marathon's ``networks[].labels``); for ``docker``
    the container's labels without ``org.projectcalico.label.``. The labels that Calico itself adds, and
    those of the profile, are not among them.
    """
    arrived: dict[str, str] = {}
    origins: dict[str, str] = {}
    problems: list[LabelProblem] = []
    collisions: list[LabelCollision] = []
    for key, value in labels.items():
        new_key, new_value, found = arriving(key, value, runtime)
        problems += found
        if new_key in origins:
            collisions.append(LabelCollision(origins[new_key], key, new_key))
        origins[new_key] = key
        arrived[new_key] = new_value
    return SanitisedLabels({} if problems else arrived, problems, collisions)


@lru_cache(maxsize=1024)
def arriving(key: str, value: str, runtime: Runtime) -> tuple[str, str, tuple[LabelProblem, ...]]:
    """One label as it arrives, and what is wrong with it; several questions are asked of one label."""
    new_key, problem_of_key = _arriving_key(key, runtime)
    new_value = value if runtime == "docker" else sanitise_value(value)
    problems: tuple[LabelProblem, ...] = ()
    if problem_of_key:
        problems = (LabelProblem(key, "key", new_key, problem_of_key),)
    reason = label_value_problem(new_value)
    if reason:
        problems = (*problems, LabelProblem(key, "value", new_value, reason))
    return new_key, new_value, problems


# Many labels have few keys.
@lru_cache(maxsize=256)
def _arriving_key(key: str, runtime: Runtime) -> tuple[str, str]:
    """A key as it arrives, and what is wrong with it."""
    arrived = key if runtime == "docker" else sanitise_text(key)
    return arrived, qualified_name_problem(arrived)


def sanitise_value(value: str) -> str:
    """A value of a UCR label as it arrives: compressed when it has more than 63 bytes, then sanitised."""
    return sanitise_text(_compress(value))


def sanitise_text(text: str) -> str:
    """A key of a UCR label as it arrives.

    ``/`` becomes ``.``, every other run of forbidden characters ``-``, a run of dots and dashes with a dot in
    it ``.``; dots and dashes at both ends go away. The result can still be no label: empty, too long, or with
    ``_`` at an end.
    """
    replaced = _FORBIDDEN.sub("-", text.replace("/", "."))
    if "." in replaced:
        replaced = _DOTS_AND_DASHES.sub(_one_dot, replaced)
    return replaced.strip(".-")


def _one_dot(match: re.Match[str]) -> str:
    run = match.group()
    return "." if "." in run else run


def _compress(value: str) -> str:
    if byte_length(value) <= MAXIMUM_LABEL:
        return value
    import hashlib

    # A lone surrogate of a JSON text is the replacement character to Go.
    data = re.sub(_SURROGATES, "\ufffd", value).encode()
    # The cut may fall inside a character; the broken rest is forbidden either way.
    rest = data[-_COMPRESSED_REST:].decode("utf-8", "replace")
    return f"{hashlib.sha256(data).hexdigest()[:_COMPRESSED_HASH]}...{rest}"
