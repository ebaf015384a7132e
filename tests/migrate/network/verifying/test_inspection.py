"""Reading what `docker network inspect` prints."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from calico_core.errors import InputError
from calico_migrate.network.verifying.inspection import AgentNetworks, read_networks
from calico_migrate.network.verifying.verification import Found, compare
from tests.migrate.network.samples import ID, NETWORK, PROMISE

if TYPE_CHECKING:
    from pathlib import Path


def inspect(**changes: Any) -> str:
    entry = {
        "Name": "web",
        "Id": ID,
        "Scope": "global",
        "Driver": "calico",
        "IPAM": {"Driver": "calico-ipam", "Options": {}, "Config": [{"Subnet": "10.1.0.0/16"}]},
        "Options": {"org.projectcalico.profile": "web"},
    }
    return json.dumps([entry | changes])


def test_reading_what_docker_inspects() -> None:
    assert read_networks(inspect(), "x") == (NETWORK,)
    assert read_networks("\ufeff" + inspect() + "\n", "x") == (NETWORK,)
    assert read_networks("[]\n", "x") == ()
    bare = read_networks(inspect(IPAM=None, Options=None, Scope=None), "x")[0]
    assert (bare.subnets, bare.options, bare.scope, bare.ipam_driver) == ((), {}, "", "")
    assert read_networks(json.dumps(2 * json.loads(inspect())), "x") == (NETWORK,)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n",
        "{}",
        "[1]",
        '[{"Name": "x"}]',
        '[{"Name": 1, "Id": "x"}]',
        "[",
        "[" * 100_000,
        "null",
        "Error: No such network: web",
        "[][]",
        '[{"Name": "x", "Id": ' + "9" * 5000 + "}]",
    ],
)
def test_what_docker_never_prints(text: str) -> None:
    with pytest.raises(InputError):
        read_networks(text, "x")


@pytest.mark.parametrize(
    "name, expected",
    [
        ("inspect.json", []),
        ("inspect-client28.json", []),
        ("inspect-several.json", []),
        ("inspect-scope-local.json", ["network-other-scope"]),
        ("inspect-with-container.json", ["network-other-scope"]),
        ("inspect-no-subnet.json", ["network-missing"]),
    ],
)
def test_samples_of_a_real_engine(shared: Path, name: str, expected: list[str]) -> None:
    text = (shared / "corpus" / "docker" / name).read_text()
    promise = PROMISE._replace(network="net", profile="p", written_profiles=("p",))
    networks = read_networks(text, name)
    (findings,) = compare(promise, Found([AgentNetworks("10.0.0.5", name, networks)])).agents
    assert [finding.rule for finding in findings] == expected
