"""A config.yaml, the pools and the agents get the same answer from every command that takes them."""

from __future__ import annotations

import json
import os
import threading
from typing import TYPE_CHECKING, NamedTuple

import pytest

from calico_core import pipes
from calico_migrate import site
from calico_migrate.cli import run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CONFIG = """\
bootstrap_url: http://10.20.0.5:8080
cluster_name: meadow
exhibitor_storage_backend: static
master_discovery: static
master_list: [10.20.0.10, 10.20.0.11, 10.20.0.12]
resolvers: [10.20.0.53]
calico_network_cidr: 10.128.0.0/16
calico_vxlan_mtu: 1450
calico_veth_mtu: 1450
"""
APP = {
    "id": "/a",
    "container": {"type": "MESOS", "portMappings": [{"containerPort": 80}]},
    "networks": [{"mode": "container", "name": "calico"}],
}
POLICY = """\
apiVersion: projectcalico.org/v3
kind: GlobalNetworkPolicy
metadata: {name: a}
spec:
  selector: all()
  ingress:
  - action: Allow
"""
POOL = {
    "apiVersion": "projectcalico.org/v3",
    "kind": "IPPool",
    "metadata": {"name": "default-ipv4-ippool", "resourceVersion": "12", "uid": "1f"},
    "spec": {"cidr": "10.128.0.0/16", "vxlanMode": "Always", "natOutgoing": True},
}
POOLS_YAML = """\
apiVersion: projectcalico.org/v3
items:
- apiVersion: projectcalico.org/v3
  kind: IPPool
  metadata:
    creationTimestamp: "2020-04-01T10:00:00Z"
    name: default-ipv4-ippool
  spec:
    cidr: 10.128.0.0/16
    vxlanMode: Always
kind: IPPoolList
metadata:
  resourceVersion: "12"
"""


class Answer(NamedTuple):
    """What a command answers: its exit code, and what it says of the file that it was given."""

    code: int
    said: list[str]


# The options of each command besides --config, --pools and --agents.
TAKES_ALL = {
    "network generate": ("web", "--cidr", "10.1.0.0/16", "--output-dir", "web"),
    "policy check": ("policy.yaml",),
    "policy simulate": ("--apps", "app.json", "--policies", "policy.yaml", "--from", "/a", "--to", "/a"),
    "policy matrix": ("--apps", "app.json", "--policies", "policy.yaml"),
}
COMMANDS = {
    **TAKES_ALL,
    "config check": ("config.yaml", "--nodes", "3"),
    "config suggest": ("config.yaml", "--nodes", "3"),
    "policy scaffold": ("--apps", "app.json"),
    "policy test": (),
}


@pytest.fixture
def ask(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Callable[..., Answer]:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "config.yaml").write_text(CONFIG)
    (tmp_path / "app.json").write_text(json.dumps(APP))
    (tmp_path / "policy.yaml").write_text(POLICY)

    def ask(command: str, option: str, file: str, *more: str) -> Answer:
        if command == "policy test":
            expectations = {
                "apps": ["app.json"],
                "policies": ["policy.yaml"],
                "expect": [{"from": "/a", "to": "/a", "port": 80, "verdict": "allow"}],
                option.lstrip("-"): file,
            }
            (tmp_path / "expectations.json").write_text(json.dumps(expectations))
            arguments = ["expectations.json"]
        else:
            arguments = [*COMMANDS[command], option, file]
        code = run([*command.split(), *arguments, *more])
        err = capfd.readouterr().err
        return Answer(code, [line for line in err.splitlines() if file in line])

    return ask


def with_pools() -> list[str]:
    return list(COMMANDS)


def with_agents() -> list[str]:
    return [command for command in COMMANDS if command != "policy scaffold"]


@pytest.mark.parametrize("command", with_pools())
@pytest.mark.parametrize(
    "text",
    [
        json.dumps(POOL),
        json.dumps([POOL], indent=2),
        json.dumps({"kind": "IPPoolList", "items": [POOL]}),
        POOLS_YAML,
        "---\n" + POOLS_YAML,
        "\ufeff" + POOLS_YAML,
        "[]",
    ],
)
def test_pools_as_calicoctl_prints_them(ask: Callable[..., Answer], command: str, text: str) -> None:
    with open("pools", "w", encoding="utf-8") as file:
        file.write(text)
    assert ask(command, "--pools", "pools") == (0, [])


@pytest.mark.parametrize("command", with_pools())
@pytest.mark.parametrize("text", [json.dumps([POOL]), json.dumps(POOL, indent=2), POOLS_YAML])
def test_pools_behind_a_warning(ask: Callable[..., Answer], command: str, text: str) -> None:
    with open("pools", "w", encoding="utf-8") as file:
        file.write("WARNING: this is an old version\ntime=10:00 level=warning\n" + text)
    assert ask(command, "--pools", "pools") == (
        0,
        ["note: pools: 2 lines before the resources passed over: WARNING: this is an old version"],
    )


@pytest.mark.parametrize("command", with_pools())
@pytest.mark.parametrize(
    ("text", "place", "problem"),
    [
        (b"WARNING: old\n{'kind': 1]", ":2:2", "this is no JSON"),
        (b"WARNING: old\n[1, x\n", ":2:5", "this is no JSON"),
        (b"\n[{]", ":2:3", "this is no JSON"),
        (b"kind: IPPool\nmetadata:\n  name: k\xf6ln\n", ":3:10", "is not UTF-8: byte 0xf6"),
        (b"NAME   CIDR\nweb   10.1.0.0/16\n", "", "this is not what `calicoctl get ippool -o json` prints"),
        (b"kind: Profile\nmetadata: {name: web}\n", ":1", "a resource of kind IPPool is expected"),
        (b"", "", "the file is empty"),
    ],
)
def test_pools_that_are_none(
    ask: Callable[..., Answer], command: str, text: bytes, place: str, problem: str
) -> None:
    with open("pools", "wb") as file:
        file.write(text)
    code, said = ask(command, "--pools", "pools")
    assert code == 3
    assert len(said) == 1
    assert said[0].startswith(f"calico-migrate: pools{place}: {problem}")


@pytest.mark.parametrize("command", with_agents())
@pytest.mark.parametrize(
    ("text", "notes"),
    [
        ("# rack 1\n10.20.0.31\n10.20.0.32\n", []),
        (
            "10.20.0.31\n10.20.0.32\n10.20.0.31\n",
            ["1 line names an agent again (10.20.0.31); each is taken once"],
        ),
        ("[masters]\n10.20.0.10\n[agents]\nnode[31:33].example\n", ["1 host is in no group of agents and passed over"]),
        (
            "all:\n  children:\n    agents_private:\n      hosts:\n        a: {ansible_host: 10.20.0.31, ansible_user: x}\n",
            ["ansible_user: not used here; `network run` logs in as ssh's own configuration says"],
        ),
        (
            json.dumps(
                [
                    {"type": "master", "hostname": "10.20.0.10"},
                    {"type": "agent", "hostname": "10.20.0.31", "active": False},
                    {"type": "agent", "pid": "slave(1)@10.20.0.32:5051"},
                ]
            ),
            ["1 node is no agent and passed over", "not active according to Mesos, taken all the same: 10.20.0.31"],
        ),
    ],
)  # fmt: skip
def test_agents(ask: Callable[..., Answer], command: str, text: str, notes: list[str]) -> None:
    with open("agents", "w", encoding="utf-8") as file:
        file.write(text)
    assert ask(command, "--agents", "agents") == (0, [f"note: agents: {note}" for note in notes])


@pytest.mark.parametrize("command", with_agents())
@pytest.mark.parametrize(
    ("text", "place", "problem"),
    [
        (b"10.20.0.31\nk\xf6ln\n", ":2:2", "is not UTF-8: byte 0xf6; convert the file to UTF-8 first"),
        (b"10.20.0.31\n10.20.0.300\n", ":2", "'10.20.0.300' is no IPv4 address"),
        (b"\n", "", "no agent in this file"),
        (b'[{"type": "agent"}]', "", "entry 1 of the array is an agent without an address"),
    ],
)
def test_agents_that_are_none(
    ask: Callable[..., Answer], command: str, text: bytes, place: str, problem: str
) -> None:
    with open("agents", "wb") as file:
        file.write(text)
    code, said = ask(command, "--agents", "agents")
    assert code == 3
    assert len(said) == 1
    assert said[0].startswith(f"calico-migrate: agents{place}: {problem}")


@pytest.mark.parametrize("command", ["config show", "config suggest", *TAKES_ALL, "policy test"])
@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
def test_a_configuration_that_is_not_ascii(
    ask: Callable[..., Answer], monkeypatch: pytest.MonkeyPatch, command: str, encoding: str
) -> None:
    with open("site.yaml", "wb") as file:
        file.write((CONFIG + "# Köln\n").encode(encoding))
    for name in ("config show", "config suggest"):
        monkeypatch.setitem(COMMANDS, name, ())
    option = "--" if command.startswith("config") else "--config"
    note = (
        "note: site.yaml:10:4: the character 'ö' (U+00F6) is not ASCII: the installer crashes on this file;"
        " replace it by ASCII characters, also in comments"
    )
    assert ask(command, option, "site.yaml") == (0, [note])


@pytest.mark.parametrize("command", ["config show", "config suggest", *TAKES_ALL, "policy test"])
@pytest.mark.parametrize(
    ("text", "place", "problem"),
    [
        ("a: [1\n", ":2:1", "not YAML: "),
        ("- a\n", ":1:1", "the file holds a sequence, not settings of the form `name: value`"),
        ("", "", "the file holds no settings, at most comments"),
        ("a: 1\n---\nb: 2\n", ":2:1", "the file holds more than one YAML document"),
        ("a: 1 #" + "x" * 1_000_000, "", "is larger than 1,000,000 bytes, the most that is read here"),
    ],
)
def test_a_configuration_that_is_none(
    ask: Callable[..., Answer],
    monkeypatch: pytest.MonkeyPatch,
    command: str,
    text: str,
    place: str,
    problem: str,
) -> None:
    with open("site.yaml", "w", encoding="utf-8") as file:
        file.write(text)
    for name in ("config show", "config suggest"):
        monkeypatch.setitem(COMMANDS, name, ())
    option = "--" if command.startswith("config") else "--config"
    code, said = ask(command, option, "site.yaml")
    assert code == 3
    assert len(said) == 1
    assert said[0].startswith(f"calico-migrate: site.yaml{place}: {problem}")


@pytest.mark.parametrize("command", with_pools())
def test_a_named_pipe(ask: Callable[..., Answer], command: str) -> None:
    os.mkfifo("pools")

    def write() -> None:
        with open("pools", "w", encoding="utf-8") as pipe:
            pipe.write(POOLS_YAML)

    writer = threading.Thread(target=write)
    writer.start()
    assert ask(command, "--pools", "pools") == (0, [])
    writer.join()


@pytest.mark.parametrize("command", with_pools())
def test_a_named_pipe_without_a_writer(
    ask: Callable[..., Answer], monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setattr(pipes, "PATIENCE", 0.01)
    os.mkfifo("pools")
    code, said = ask(command, "--pools", "pools")
    assert code == 3
    assert said == ["calico-migrate: pools: is a named pipe that nobody writes to (waited 0 s)"]


@pytest.mark.parametrize("command", with_pools())
def test_a_list_that_is_too_large(
    ask: Callable[..., Answer], monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setattr(site, "LARGEST_LIST", 100)
    with open("pools", "w", encoding="utf-8") as file:
        file.write(POOLS_YAML)
    assert ask(command, "--pools", "pools") == (
        3,
        ["calico-migrate: pools: is larger than 100 bytes, the most that is read here"],
    )


@pytest.mark.parametrize("command", [*TAKES_ALL, "config check", "config suggest"])
def test_standard_input_is_read_once(
    ask: Callable[..., Answer], capfd: pytest.CaptureFixture[str], command: str
) -> None:
    code, _ = ask(command, "--pools", "-", "--agents", "-")
    assert code == 2
    code, said = ask(command, "--pools", "-", "--agents", "-")
    assert len(said) == 1
    assert "--agents" in said[0]
    assert "--pools" in said[0]
    assert said[0].endswith("can be standard input")
