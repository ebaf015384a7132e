"""Finds the networks of the pods in a parsed service specification.

``pods.<pod>.networks`` is a mapping of network names (``mesosphere/dcos-commons RawPod.java``,
``RawNetwork.java``); ``pods.<pod>.container.networks`` was one until SDK 0.31.0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from calico_core.json.pointers import token
from calico_core.spans import Span
from calico_migrate.package.specification import yaml_places

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calico_core.yaml.nodes import Node
    from calico_migrate.mustache.rendering import Origin
    from calico_migrate.package.specification.views import View

_ROOT_KEYS = {"name", "web-url", "scheduler", "pods", "plans"}
_POD_KEYS = {
    "count",
    "container",
    "image",
    "networks",
    "placement",
    "resource-sets",
    "rlimits",
    "strategy",
    "tasks",
    "uris",
    "user",
    "volume",
    "volumes",
}


class NetworkKey(NamedTuple):
    """One network of one pod in one rendering.

    ``mapping`` is the pointer of the networks mapping, ``pointer`` that of the name in it, both in the
    rendered document; ``place`` the name's text in the rendering (None where it can't be told), ``origin``
    what that text came from. ``in_container`` says that it stands below ``container``; ``merged`` that an
    alias or a merge key brought it there.
    """

    pod: str
    name: str
    mapping: str
    pointer: str
    in_container: bool
    merged: bool
    node: Node
    settings: Node
    place: Span | None
    origin: Origin | None


class Pod(NamedTuple):
    """A pod in one rendering, with its networks."""

    name: str
    pointer: str
    key: Node
    node: Node
    networks: tuple[NetworkKey, ...]


def is_service_spec(root: Node | None) -> bool:
    """Whether a document is a service specification: ``pods`` by name, with what only the SDK's pods have."""
    pods = yaml_places.child(root, "pods")
    if root is None or not yaml_places.is_mapping(pods):
        return False
    if any(
        yaml_places.is_mapping(pod) and any(key.text in _POD_KEYS for key, _ in yaml_places.entries(pod))
        for _, pod in yaml_places.entries(pods)
    ):
        return True
    return len(root.children) > 1 and all(key.text in _ROOT_KEYS for key, _ in yaml_places.entries(root))


def pods(view: View) -> Iterator[Pod]:
    """The pods of one rendering. A key that is repeated counts each time, although the SDK refuses it."""
    for _, root_pods in yaml_places.children(view.document.root, "pods"):
        if not yaml_places.is_mapping(root_pods):
            continue
        for key, node in yaml_places.entries(root_pods):
            if yaml_places.is_mapping(node):
                pointer = f"/pods/{token(key.text)}"
                pod = Pod(key.text, pointer, key, node, ())
                yield pod._replace(networks=tuple(_keys(view, pod)))


def networks_keys(pod: Pod) -> Iterator[tuple[str, Node, Node]]:
    """The ``networks`` keys of a pod: the pointer of the mapping, the key and the value."""
    for key, value in yaml_places.children(pod.node, "networks"):
        yield f"{pod.pointer}/networks", key, value
    for _, container in yaml_places.children(pod.node, "container"):
        for key, value in yaml_places.children(container, "networks"):
            yield f"{pod.pointer}/container/networks", key, value


def _keys(view: View, pod: Pod) -> Iterator[NetworkKey]:
    rendering = view.rendering
    for mapping, _, networks in networks_keys(pod):
        if not yaml_places.is_mapping(networks):
            continue
        for key, value, merged in yaml_places.merged_entries(networks):
            offsets = yaml_places.scalar_text(rendering.text, key)
            place = Span(*offsets) if offsets is not None else None
            yield NetworkKey(
                pod=pod.name,
                name=key.text,
                mapping=mapping,
                pointer=f"{mapping}/{token(key.text)}",
                in_container=mapping.endswith("/container/networks"),
                merged=merged,
                node=key,
                settings=value,
                place=place,
                origin=rendering.origin(*place) if place is not None else None,
            )
