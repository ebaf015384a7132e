"""IP pools and profiles as a cluster has them: what ``calicoctl get ippool|profile -o json|yaml`` prints.

calicoctl prints one resource for one name, otherwise a list resource (``IPPoolList``, ``ProfileList``) or,
as JSON, an array. Source: projectcalico/calicoctl v3.14 ``calicoctl/commands/common/printer.go`` and the
types of projectcalico/libcalico-go ``lib/apis/v3``.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from calico_core.errors import InputError
from calico_core.legible import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Mode = Literal["vxlan", "ipip"]
"""How packets travel between nodes."""

_NEVER = "Never"
_NO_TEXTS: Mapping[str, str] = MappingProxyType({})


class Pool(NamedTuple):
    """An IP pool; absent fields have Calico's defaults (libcalico-go lib/clientv3/ippool.go)."""

    name: str
    cidr: str
    block_size: int = 26
    ipip_mode: str = _NEVER
    vxlan_mode: str = _NEVER
    nat_outgoing: bool = False
    disabled: bool = False
    node_selector: str = "all()"
    labels: Mapping[str, str] = _NO_TEXTS
    annotations: Mapping[str, str] = _NO_TEXTS

    @property
    def mode(self) -> Mode | None:
        """The encapsulation; None without any."""
        if self.vxlan_mode not in ("", _NEVER):
            return "vxlan"
        return "ipip" if self.ipip_mode not in ("", _NEVER) else None


class Profile(NamedTuple):
    """A profile; ``ingress`` and ``egress`` are its rules with every scalar as text (see `comparable`)."""

    name: str
    labels_to_apply: dict[str, str]
    ingress: list[Any]
    egress: list[Any]
    labels: dict[str, str]


def read_pools(text: str, path: str) -> tuple[Pool, ...]:
    """The IP pools of calicoctl's output, in its order. Raises InputError where it is something else."""
    return tuple(_pool(resource, path) for resource in _resources(text, path, "IPPool"))


def read_profiles(text: str, path: str) -> tuple[Profile, ...]:
    """The profiles of calicoctl's output, in its order. Raises InputError where it is something else."""
    return tuple(_profile(resource, path) for resource in _resources(text, path, "Profile"))


def comparable(value: Any) -> Any:
    """A field's value so that JSON and YAML of the same resource compare equal.

    Scalars become text, empty mappings, lists and texts count as absent: calicoctl writes ``source: {}``
    where the file it got had none.
    """
    if isinstance(value, dict):
        fields = {key: comparable(entry) for key, entry in value.items()}
        return {key: entry for key, entry in fields.items() if entry not in ({}, [], "", None)}
    if isinstance(value, list):
        return [comparable(entry) for entry in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    return None if value is None else str(value)


def _resources(text: str, path: str, kind: str) -> Iterator[dict[str, Any]]:
    from calico_core.yaml.plain import read_documents
    from calico_migrate.calico.preamble import without_preamble

    for document in read_documents(without_preamble(text).text, path):
        if document is None:
            continue
        for resource in document if isinstance(document, list) else [document]:
            yield from _unwrapped(resource, path, kind)


def _unwrapped(resource: Any, path: str, kind: str) -> Iterator[dict[str, Any]]:
    from calico_core.yaml.plain import line_of

    if not isinstance(resource, dict):
        raise InputError(f"this is not what `calicoctl get {kind.lower()} -o json` prints", path=path)
    found = resource.get("kind")
    if found == f"{kind}List":
        items = resource.get("items")
        if items is not None and not isinstance(items, list):
            raise InputError("`items` is no list", path=path, line=line_of(resource, "items"))
        for item in items or ():
            # The items of a list resource carry their kind too, but need not.
            if isinstance(item, dict) and "kind" not in item:
                item["kind"] = kind
            yield from _unwrapped(item, path, kind)
        return
    if found != kind:
        shown = quoted(found) if isinstance(found, str) else "no kind"
        raise InputError(
            f"a resource of kind {kind} is expected, and this has {shown};"
            f" `calicoctl get {kind.lower()} -o json` prints what is needed",
            path=path,
            line=line_of(resource, "kind"),
        )
    yield resource


def _pool(resource: dict[str, Any], path: str) -> Pool:
    name = _name(resource, path)
    spec = _mapping(resource, "spec", path)
    cidr = spec.get("cidr")
    if not isinstance(cidr, str):
        raise InputError(f"the pool {quoted(name)} has no CIDR", path=path)
    block_size = spec.get("blockSize") or (122 if ":" in cidr else 26)
    if not isinstance(block_size, int) or isinstance(block_size, bool):
        raise InputError(f"the block size of {quoted(name)} is no number", path=path)
    metadata = _mapping(resource, "metadata", path)
    return Pool(
        name=name,
        cidr=cidr,
        block_size=block_size,
        ipip_mode=_text(spec, "ipipMode") or _NEVER,
        vxlan_mode=_text(spec, "vxlanMode") or _NEVER,
        nat_outgoing=spec.get("natOutgoing") is True,
        disabled=spec.get("disabled") is True,
        node_selector=_text(spec, "nodeSelector") or "all()",
        labels=_texts(metadata, "labels", path),
        annotations=_texts(metadata, "annotations", path),
    )


def _profile(resource: dict[str, Any], path: str) -> Profile:
    spec = _mapping(resource, "spec", path)
    return Profile(
        name=_name(resource, path),
        labels_to_apply=_texts(spec, "labelsToApply", path),
        ingress=_rules(spec, "ingress", path),
        egress=_rules(spec, "egress", path),
        labels=_texts(_mapping(resource, "metadata", path), "labels", path),
    )


def _name(resource: dict[str, Any], path: str) -> str:
    name = _mapping(resource, "metadata", path).get("name")
    if not isinstance(name, str) or not name:
        raise InputError(f"a {resource['kind']} has no name", path=path)
    return name


def _mapping(fields: dict[str, Any], key: str, path: str) -> dict[str, Any]:
    value = fields.get(key)
    if value is None:
        return {}
    if not isinstance(value, dict):
        from calico_core.yaml.plain import line_of

        raise InputError(f"`{key}` is no mapping", path=path, line=line_of(fields, key))
    return value


def _texts(fields: dict[str, Any], key: str, path: str) -> dict[str, str]:
    return {name: str(comparable(value) or "") for name, value in _mapping(fields, key, path).items()}


def _text(fields: dict[str, Any], key: str) -> str:
    value = fields.get(key)
    return value if isinstance(value, str) else ""


def _rules(spec: dict[str, Any], key: str, path: str) -> list[Any]:
    value = spec.get(key)
    if value is None:
        return []
    if not isinstance(value, list):
        raise InputError(f"`{key}` is no list of rules", path=path)
    rules: list[Any] = comparable(value)
    return rules
