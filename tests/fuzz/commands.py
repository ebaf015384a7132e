"""Each command with its inputs: what is read as JSON, and the command lines that read it."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from calico_migrate.network.directory import write_directory
from calico_migrate.network.generation import files_of, promise_of
from calico_migrate.network.settings import GenerationSettings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
REPORTS = ("text", "json", "sarif", "github", "jsonpatch")


class Target(NamedTuple):
    """An input of a command.

    ``document`` is what is sound, ``place`` the file (below a directory) that it and its oddities are written
    to. ``lines`` are the command lines, with ``{}`` for the directory; ``setting`` makes what else they need.
    """

    name: str
    document: Any
    place: str
    lines: Sequence[Sequence[str]]
    setting: Callable[[Path], None] = lambda directory: None


def _sample(name: str) -> Any:
    text = (SAMPLES / name).read_text(encoding="utf-8")
    return json.loads(text) if name.endswith(".json") else yaml.safe_load(text)


def _copied(source: str, place: str) -> Callable[[Path], None]:
    def setting(directory: Path) -> None:
        for file in sorted((SAMPLES / source).rglob("*")):
            target = directory / place / file.relative_to(SAMPLES / source)
            if file.is_file():
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(file.read_bytes())

    return setting


def _network(directory: Path) -> None:
    shutil.rmtree(directory / "web", ignore_errors=True)
    settings = GenerationSettings("web", "10.1.0.0/16", agents=("10.0.0.5", "10.0.0.6"))
    write_directory(str(directory / "web"), files_of(promise_of(settings)))


def _network_and_pools(directory: Path) -> None:
    _network(directory)
    (directory / "pools.json").write_text(json.dumps(_POOLS))


def _policy(directory: Path) -> None:
    _copied("policy/apps", "apps")(directory)
    _copied("policy/policies", "policies")(directory)


_REPORTS_OF = {
    "marathon": [["marathon", "--check", "--format", form, "{}"] for form in REPORTS]
    + [
        ["marathon", "--move-labels", "--diff", "{}"],
        ["marathon", "-q", "-o", "{}-out", "{}"],
        ["marathon", "--for-update", "{}/input.json"],
        ["policy", "scaffold", "--apps", "{}/input.json"],
        ["policy", "matrix", "--apps", "{}/input.json", "--policies", str(SAMPLES / "policy/policies")],
        ["survey", "--format", "json", "{}"],
        ["survey", "--mentions", "{}"],
        ["survey", "--format", "codeclimate", "--html", "{}-page.html", "--csv", "{}-table.csv", "{}"],
        ["marathon", "--check", "--format", "junit", "{}"],
        ["marathon", "--check", "--format", "codeclimate", "{}"],
        ["marathon", "--no-config", "--write-baseline", "{}-baseline.json", "{}"],
    ],
}
_POOLS = {
    "kind": "IPPoolList",
    "apiVersion": "projectcalico.org/v3",
    "items": [{"kind": "IPPool", "metadata": {"name": "web", "annotations": {"a": "b"}},
               "spec": {"cidr": "10.1.0.0/16", "blockSize": 26, "vxlanMode": "Always", "nodeSelector": "!all()"}}],
}  # fmt: skip
_PROFILES = {"kind": "ProfileList", "items": [{"kind": "Profile", "metadata": {"name": "web"},
                                               "spec": {"labelsToApply": {"web": ""}}}]}  # fmt: skip
_INSPECTED = [{"Name": "web", "Id": "02" * 32, "Scope": "global", "Driver": "calico", "Labels": {"a": "b"},
               "IPAM": {"Driver": "calico-ipam", "Config": [{"Subnet": "10.1.0.0/16"}]},
               "Options": {"org.projectcalico.profile": "web"}, "Containers": {}}]  # fmt: skip
_INVENTORY = {
    "all": {"hosts": {"a": {"ansible_host": "10.0.0.5"}}, "children": {"b": {"hosts": {"c": None}}}}
}
_NODES = [{"attributes": {"public_ip": "true"}, "hostname": "10.0.0.5", "id": "x", "type": "agent"}]
_SURVEYED = {"version": 1, "summary": {}, "unread": [],
             "places": [{"path": "a.json", "line": 1, "column": 2, "pointer": "/x", "id": "/a", "network": "dcos",
                         "state": "to-move", "how": "x", "text": "y", "owner": "z"}]}  # fmt: skip
_EXPECTED = {
    "apps": ["apps"],
    "policies": ["policies"],
    "expect": [{"from": "/bookstore/frontend", "to": "/bookstore/server", "port": 80, "verdict": "allow"}],
}
_JOURNAL = {"version": 1, "network": "web", "promise": "x",
            "agents": {"10.0.0.5": {"state": "right", "code": 0, "seconds": 1.5, "errors": ["x"]}}}  # fmt: skip


def _bundle(name: str) -> Any:
    with zipfile.ZipFile(SAMPLES / "diagnose/bundle.zip") as bundle:
        return json.loads(bundle.read(name))


def _bundle_directory(directory: Path) -> None:
    with zipfile.ZipFile(SAMPLES / "diagnose/bundle.zip") as bundle:
        bundle.extractall(directory / "bundle")


def _bundled() -> list[Target]:
    with zipfile.ZipFile(SAMPLES / "diagnose/bundle.zip") as bundle:
        members = {name: bundle.read(name) for name in bundle.namelist() if name.endswith(".json")}
    by_kind = {name.rpartition("/")[2]: name for name, data in members.items() if len(data) > 2}
    chosen = sorted(by_kind.values())[:8]
    return [
        Target(f"diagnose-{name.replace('/', '-')}", json.loads(members[name]), f"bundle/{name}",
               [["diagnose", "--format", form, "{}/bundle"] for form in ("json",)], _bundle_directory)
        for name in chosen
    ]  # fmt: skip


def targets() -> list[Target]:
    """Every input that is JSON, or YAML that JSON can say."""
    found = [
        Target(f"marathon-{path.stem}", json.loads(path.read_text()), "input.json", _REPORTS_OF["marathon"])
        for path in sorted((SAMPLES / "marathon").glob("*.json"))
    ]
    release = "universe/repo/packages/H/hello/3"
    packaging = [
        *(["package", "--check", "--format", form, "{}"] for form in REPORTS),
        ["package", "--render", "{}/" + release],
        ["package", "--release", "-q", "-o", "{}-out", "--repository", "{}-repository.json", "{}"],
        ["survey", "{}"],
    ]
    found += [
        Target(f"package-{part}", _sample(f"package/{release}/{part}"), f"{release}/{part}", packaging,
               _copied("package/universe", "universe"))
        for part in ("config.json", "package.json", "resource.json")
    ]  # fmt: skip
    found += [
        Target("package-options", {"service": {"virtual_network_enabled": True, "virtual_network_name": "dcos"}},
               "options.json", [["package", "--check", "{}/options.json"], ["package", "--check", "{}"],
                                ["package", "--render", "--options", "{}/options.json", "{}/" + release]],
               _copied("package/universe", "universe")),
        *(Target(f"config-{name}", _sample(f"config/{name}.yaml"), "config.yaml",
                 [*(["config", "check", "--format", form, "{}/config.yaml"] for form in REPORTS[:4]),
                  ["config", "check", "--html", "{}/page.html", "{}/config.yaml"],
                  ["config", "show", "{}/config.yaml"], ["config", "show", "--format", "json", "{}/config.yaml"],
                  ["config", "suggest", "--diff", "{}/config.yaml"]])
          for name in ("clean", "collisions")),
        Target("network-promise", promise_of(GenerationSettings("web", "10.1.0.0/16", agents=("10.0.0.5",)))
               and json.loads(promise_of(GenerationSettings("web", "10.1.0.0/16", agents=("10.0.0.5",))).to_json()),
               "web/network.json", [["network", "verify", "{}/web", "--pools", "{}/pools.json"],
                                    ["network", "generate", "web", "--cidr", "10.1.0.0/16", "--output-dir", "{}/web",
                                     "--force"]],
               _network_and_pools),
        Target("network-journal", _JOURNAL, "web/run-journal.json",
               [["network", "run", "{}/web", "--resume", "--ssh-config", "{}/none"]], _network),
        Target("network-inspected", _INSPECTED, "collected/10.0.0.5.json",
               [["network", "verify", "{}/web", "--inspect", "{}/collected", "--format", form]
                for form in ("text", "json")], _network),
        Target("network-pools", _POOLS, "pools.json",
               [["network", "verify", "{}/web", "--pools", "{}/pools.json"],
                ["network", "generate", "new", "--cidr", "10.2.0.0/16", "--pools", "{}/pools.json", "--output-dir",
                 "{}-new"], ["config", "check", "--pools", "{}/pools.json", str(SAMPLES / "config/clean.yaml")]],
               _network),
        Target("network-profiles", _PROFILES, "profiles.json",
               [["network", "verify", "{}/web", "--profiles", "{}/profiles.json"]], _network),
        *(Target(f"network-{name}", document, "agents.json",
                 [["network", "generate", "new", "--cidr", "10.2.0.0/16", "--agents", "{}/agents.json",
                   "--output-dir", "{}-new"]])
          for name, document in (("inventory", _INVENTORY), ("nodes", _NODES))),
        Target("policy-resources", next(iter(yaml.safe_load_all((SAMPLES / "policy/policies/bookstore.yaml").read_text()))),
               "policies/bookstore.yaml",
               [*(["policy", "check", "--apps", "{}/apps", "--format", form, "{}/policies"]
                  for form in REPORTS[:4]),
                ["policy", "simulate", "--apps", "{}/apps", "--policies", "{}/policies", "--from",
                 "/fruitstore/frontend", "--to", "/bookstore/server"],
                ["policy", "matrix", "--apps", "{}/apps", "--policies", "{}/policies", "--html", "{}/page.html"],
                ["policy", "matrix", "--apps", "{}/apps", "--policies", "{}/policies", "--format", "json"]], _policy),
        Target("policy-expectations", _EXPECTED, "expectations.yaml",
               [["policy", "test", "{}/expectations.yaml", "--format", form] for form in ("text", "json", "junit")],
               _policy),
        Target("survey-before", _SURVEYED, "before.json",
               [["survey", "--before", "{}/before.json", str(SAMPLES / "estate")]]),
        *_bundled(),
    ]  # fmt: skip
    return found
