"""Packages of the public Universe as Cosmos would describe them: which become items, and why the others do not."""

from __future__ import annotations

import json
from base64 import b64encode
from typing import TYPE_CHECKING, Any

from calico_migrate.cluster.kinds.packages import UNRENDERED
from calico_migrate.cluster.planning.definitions import Definition, definitions
from calico_migrate.cluster.planning.packages import Undecided, packages
from calico_migrate.cluster.snapshot import parts
from calico_migrate.cluster.snapshot.manifest import Snapshot
from calico_migrate.mustache import package_manager
from calico_migrate.network_map import NetworkMap
from calico_migrate.package.options.installed import Installed
from calico_migrate.package.universe import schema
from tests.migrate.package.options.test_hand_edits import stored

if TYPE_CHECKING:
    from pathlib import Path

MAP = NetworkMap({"dcos": "calico"})
UNNAMED = "none of its options names the network that it is on"


def switched_on(config: dict[str, Any]) -> dict[str, Any]:
    """The options that somebody passed to have the service on a virtual network."""
    given: dict[str, Any] = {}
    for path in schema.options(config):
        key = str(path[-1]).lower()
        if "network" in key and ("enabled" in key or key.startswith(("enable", "use"))):
            schema.put(given, path, True)
    return given


def became(folder: Path) -> str | None:
    """What becomes of a package with its network switched on: an item (empty), by hand (why), or nothing."""
    read = {
        name: json.loads((folder / f"{name}.json").read_text())
        for name in ("config", "resource")
        if (folder / f"{name}.json").exists()
    }
    template = b64encode((folder / "marathon.json.mustache").read_bytes()).decode()
    name = folder.parent.name
    definition = {
        "config": {},
        "marathon": {"v2AppMustacheTemplate": template},
        **read,
        "name": name,
        "version": "1",
    }
    given = switched_on(definition["config"])
    options = dict(package_manager.options(definition["config"], given, None))
    app = Installed(name, definition, options).app(options)
    if app is None:
        return None
    running = stored(app)
    running["labels"] = {**(app.get("labels") or {}), "DCOS_PACKAGE_NAME": name, "DCOS_PACKAGE_VERSION": "1"}
    described = json.dumps({"package": definition, "resolvedOptions": options, "userProvidedOptions": given})
    bodies = {parts.description(running["id"]): described}
    known = definitions("app", "marathon", json.dumps({"apps": [running]}), MAP, "apps.json")
    found = packages(Snapshot("s", {}, "", "", bodies, {}), list(known), MAP, ())
    if not found:
        return None
    return "" if isinstance(found[0], Definition) else found[0].why


def test_a_package_whose_template_takes_only_the_old_name_stays_by_hand_with_that_reason() -> None:
    config = {"properties": {"service": {"properties": {"virtual_network_name": {"type": "string"}}}}}
    template = '{"id": "/a", "env": {"VIRTUAL_NETWORK_NAME": {{service.virtual_network_name}} } }'
    definition = {
        "name": "a",
        "config": config,
        "marathon": {"v2AppMustacheTemplate": b64encode(template.encode()).decode()},
    }
    options = {"service": {"virtual_network_name": "1"}}
    running = stored({"id": "/a", "env": {"VIRTUAL_NETWORK_NAME": 1}})
    running["labels"] = {"DCOS_PACKAGE_NAME": "a", "DCOS_PACKAGE_VERSION": "1"}
    network_map = NetworkMap({"1": "calico"})
    described = json.dumps({"package": definition, "resolvedOptions": options})
    known = definitions("app", "marathon", json.dumps({"apps": [running]}), network_map, "apps.json")
    snapshot = Snapshot("s", {}, "", "", {parts.description("/a"): described}, {})
    assert packages(snapshot, list(known), network_map, ()) == [Undecided("/a", UNRENDERED)]


def test_what_becomes_of_the_packages_of_the_universe(shared: Path) -> None:
    folders = {
        "/".join(template.parts[-3:-1]): template.parent
        for template in shared.glob("corpus/universe/repo/packages/*/*/*/marathon.json.mustache")
    }
    found = {name: became(folder) for name, folder in folders.items()}
    by_hand = {name: why for name, why in found.items() if why}
    assert sum(why == "" for why in found.values()) >= 41
    assert by_hand == {
        "beta-kubernetes/0": (
            "with its options changed, its app would still name an old network in its environment"
        ),
        "beta-mesosphere-jupyter-service/0": UNNAMED,
        "beta-portworx-jupyter-service/0": UNNAMED,
        "kubernetes/0": UNNAMED,
        "portworx-jupyterlab/0": UNNAMED,
    }
