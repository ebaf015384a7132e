"""Other commands take a bundle where they take apps, policies, pools and agents."""

from __future__ import annotations

import json
import tarfile
from typing import TYPE_CHECKING

import pytest

from calico_migrate.diagnose.taking import take
from tests.migrate.diagnose.bundles.cluster import Cluster, Pool
from tests.migrate.diagnose.bundles.items import items_of
from tests.migrate.diagnose.bundles.resources import resource
from tests.migrate.diagnose.bundles.writing import write_bundle
from tests.support.command_line import run

if TYPE_CHECKING:
    from pathlib import Path

SPEC: dict[str, object] = {
    "ingress": [{"action": "Allow", "destination": {}, "source": {"selector": "role == 'web'"}}],
    "selector": "role == 'api'",
    "types": ["Ingress"],
}


@pytest.fixture
def bundle(tmp_path: Path) -> str:
    cluster = Cluster()
    cluster.policies.append(resource("NetworkPolicy", "api", SPEC, namespace="default"))
    return str(write_bundle(tmp_path / "bundle.zip", cluster))


def _ask(bundle: str, source: str, destination: str, *options: str) -> str:
    result = run("policy", "simulate", "--bundle", bundle, "--from", source, "--to", destination, "--port", "80",
                 "--format", "json", *options)  # fmt: skip
    assert result.code == 0, result.errors
    return str(result.json["verdict"])


def test_who_may_reach_whom(bundle: str) -> None:
    assert _ask(bundle, "/shop/web", "/shop/api") == "allow"
    assert _ask(bundle, "/shop/cache", "/shop/api") == "deny"
    assert _ask(bundle, "/old/one", "/shop/api") == "deny"


def test_other_policies_in_the_place_of_the_bundles(bundle: str, tmp_path: Path) -> None:
    path = tmp_path / "policies.yaml"
    written = resource(
        "NetworkPolicy", "all", {**SPEC, "ingress": [{"action": "Allow"}]}, namespace="default"
    )
    del written["metadata"]["resourceVersion"]  # type: ignore[attr-defined]
    path.write_text(json.dumps(written))
    assert _ask(bundle, "/shop/cache", "/shop/api", "--policies", str(path)) == "allow"


def test_the_virtual_addresses_are_those_of_the_bundles_configuration(tmp_path: Path) -> None:
    cluster = Cluster()
    cluster.config.update(dcos_l4lb_min_named_ip="12.0.0.0", dcos_l4lb_max_named_ip="12.0.255.255")
    facts = take(str(write_bundle(tmp_path / "bundle.zip", cluster))).facts
    assert [str(entry) for entry in facts.vip_ranges] == ["12.0.0.0/16"]


def test_the_matrix(bundle: str) -> None:
    result = run("policy", "matrix", "--bundle", bundle, "--port", "80")
    assert result.code == 0
    assert "/shop/api" in result.text


def test_a_bundle_of_an_agent_has_no_apps(tmp_path: Path) -> None:
    cluster = Cluster()
    path = str(write_bundle(tmp_path / "bundle.zip", cluster, "node", node=cluster.agents[0]))
    result = run("policy", "matrix", "--bundle", path)
    assert result.code == 3
    assert "name a bundle of the cluster or of a master" in result.errors


def test_no_apps_and_no_bundle_is_wrong_usage() -> None:
    assert run("policy", "matrix").code == 2
    assert run("policy", "simulate", "--from", "/a", "--to", "/b").code == 2


INSPECTION = [
    {
        "Name": "web",
        "Id": "a" * 64,
        "Scope": "global",
        "Driver": "calico",
        "IPAM": {"Driver": "calico-ipam", "Config": [{"Subnet": "10.77.0.0/16"}]},
        "Options": {"org.projectcalico.profile": "web"},
        "Containers": {},
    }
]


def _promise(tmp_path: Path) -> str:
    agents = tmp_path / "agents.txt"
    agents.write_text("10.0.1.21\n")
    done = run("network", "generate", "web", "--cidr", "10.77.0.0/16", "--agents", str(agents), "--output-dir",
               str(tmp_path / "web"))  # fmt: skip
    assert done.code == 0, done.errors
    return str(tmp_path / "web")


def test_what_agents_have_against_the_promise(tmp_path: Path) -> None:
    promise = _promise(tmp_path)
    cluster = Cluster()
    annotations = {"org.projectcalico.label.network.ID": "a" * 64, "org.projectcalico.label.profile": "web"}
    cluster.pools.append(Pool("web", "10.77.0.0/16", "Always", "Never", annotations, selector="!all()"))
    path = str(write_bundle(tmp_path / "bundle.zip", cluster))
    folder = tmp_path / "node"
    node = cluster.node(21)
    texts = items_of(cluster, node) | {
        "calico-migrate-collector.txt": f"version 1\naddress {node.address}\nrole agent\n",
        "docker_network_inspect.json": json.dumps(INSPECTION),
    }
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    with tarfile.open(tmp_path / "node.tar.gz", "w:gz") as archive:
        archive.add(folder, ".")
    collected = str(tmp_path / "node.tar.gz")
    result = run("network", "verify", promise, "--bundle", path, "--bundle", collected, "--format", "json")
    rules = {finding["rule"] for file in result.json["files"] for finding in file["findings"]}
    assert rules == {"profile-missing"}
    assert len(result.json["files"]) == 3
    changed = json.loads((folder / "docker_network_inspect.json").read_text())
    changed[0]["Driver"] = "overlay"
    (folder / "docker_network_inspect.json").write_text(json.dumps(changed))
    result = run("network", "verify", promise, "--bundle", path, "--bundle", str(folder), "--format", "json")
    rules = {finding["rule"] for file in result.json["files"] for finding in file["findings"]}
    assert "network-other-driver" in rules


def test_a_bundle_goes_alone(tmp_path: Path, bundle: str) -> None:
    promise = _promise(tmp_path)
    assert run("network", "verify", promise, "--bundle", bundle, "--live").code == 2
    assert run("network", "verify", promise, "--bundle", bundle, "--pools", "x").code == 2
