"""A stand-in for calicoctl 3.14 on a shared store: create, get, patch and delete of what a network needs.

Usage: calicoctl.py STORE create|get|patch|delete …

It keeps what calicoctl's users can see: unknown kinds and fields are refused, defaults are filled in, a pool
that overlaps another is refused, ``create`` is one transaction, and what exists is refused without
``--skip-exists``.
"""

from __future__ import annotations

import ipaddress
import json
import sys
import time
from pathlib import Path
from typing import Any, NoReturn

import yaml

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from tests.real.stand_ins.store import KINDS, DownError, Store

POOL_DEFAULTS = {"blockSize": 26, "ipipMode": "Never", "vxlanMode": "Never", "nodeSelector": "all()"}
POOL_FIELDS = {"cidr", "natOutgoing", "disabled", *POOL_DEFAULTS}
PROFILE_FIELDS = {"ingress", "egress", "labelsToApply"}


def fail(message: str) -> NoReturn:
    print(message, file=sys.stderr)
    sys.exit(1)


def kind_of(word: str) -> str:
    kind: str
    for kind in KINDS:
        if word.lower() in (kind.lower(), kind.lower() + "s"):
            return kind
    fail(f"resource type '{word}' is not supported")


def completed(resource: dict[str, Any], store: Store) -> dict[str, Any]:
    """A resource as the client library stores it; refuses what the library refuses."""
    if resource.get("apiVersion") != "projectcalico.org/v3":
        fail("Unknown resource type or version")
    spec = dict(resource.get("spec") or {})
    if resource.get("kind") == "IPPool":
        if unknown := set(spec) - POOL_FIELDS:
            fail(f"unknown fields: {sorted(unknown)}")
        network = ipaddress.ip_network(spec["cidr"])
        for other in store.all("IPPool"):
            if other["metadata"]["name"] != resource["metadata"]["name"] and network.overlaps(
                ipaddress.ip_network(other["spec"]["cidr"])
            ):
                ours, theirs = resource["metadata"]["name"], other["metadata"]["name"]
                fail(f"IPPool({ours}) CIDR overlaps with IPPool({theirs})")
        spec = {**POOL_DEFAULTS, **{key: value for key, value in spec.items() if value not in (False, "")}}
    elif resource.get("kind") == "Profile":
        if unknown := set(spec) - PROFILE_FIELDS:
            fail(f"unknown fields: {sorted(unknown)}")
        for direction in ("ingress", "egress"):
            for rule in spec.get(direction) or []:
                rule.setdefault("source", {})
                rule.setdefault("destination", {})
    else:
        fail(f"Unknown kind {resource.get('kind')}")
    metadata = dict(
        resource["metadata"], creationTimestamp=time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    )
    return {
        "apiVersion": "projectcalico.org/v3",
        "kind": resource["kind"],
        "metadata": metadata,
        "spec": spec,
    }


def create(store: Store, arguments: list[str]) -> None:
    skip = "--skip-exists" in arguments
    name = arguments[arguments.index("-f") + 1]
    text = sys.stdin.read() if name == "-" else open(name).read()  # noqa: SIM115
    resources = [document for document in yaml.safe_load_all(text) if document is not None]
    for resource in resources:
        kind, name = resource.get("kind"), resource["metadata"]["name"]
        with store.transaction():
            if store.read(kind, name) is not None:
                if skip:
                    continue
                fail(f"Failed to create '{kind}' resource: [resource already exists: {kind}({name})]")
            store.write(completed(resource, store))
    print(f"Successfully created {len(resources)} resource(s)")


def get(store: Store, arguments: list[str]) -> None:
    kind = kind_of(arguments[0])
    name = arguments[1] if len(arguments) > 1 and not arguments[1].startswith("-") else None
    output = arguments[arguments.index("-o") + 1]
    with store.transaction():
        if name is not None:
            found = store.read(kind, name)
            if found is None:
                fail(f"Failed to get resources: [resource does not exist: {kind}({name}) with error: <nil>]")
        else:
            found = {
                "kind": f"{kind}List",
                "apiVersion": "projectcalico.org/v3",
                "metadata": {"resourceVersion": "1"},
                "items": store.all(kind),
            }
    print(json.dumps(found, indent=2) if output == "json" else yaml.safe_dump(found), end="\n")


def patch(store: Store, arguments: list[str]) -> None:
    kind, name = kind_of(arguments[0]), arguments[1]
    change = json.loads(arguments[arguments.index("--patch") + 1])
    with store.transaction():
        resource = store.read(kind, name)
        if resource is None:
            fail(f"Failed to patch '{kind}' resource: [resource does not exist: {kind}({name})]")
        resource["spec"].update(change["spec"])
        store.write(resource)
    print(f"Successfully patched 1 '{kind}' resource")


def delete(store: Store, arguments: list[str]) -> None:
    kind, name = kind_of(arguments[0]), arguments[1]
    with store.transaction():
        if store.read(kind, name) is None:
            fail(f"Failed to delete '{kind}' resource: [resource does not exist: {kind}({name})]")
        store.delete(kind, name)
    print(f"Successfully deleted 1 '{kind}' resource(s)")


def main() -> None:
    store, command, arguments = Store(sys.argv[1]), sys.argv[2], sys.argv[3:]
    try:
        {"create": create, "get": get, "patch": patch, "delete": delete}[command](store, arguments)
    except DownError:
        fail("Failed to execute command: context deadline exceeded")


if __name__ == "__main__":
    main()
