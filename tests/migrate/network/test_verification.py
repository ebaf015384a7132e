"""What differs between a promise and a cluster."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from calico_core.errors import InputError
from calico_migrate.network.inspection import AgentNetworks, DockerNetwork, read_networks
from calico_migrate.network.pools import Pool, Profile
from calico_migrate.network.promise import Agent, Promise
from calico_migrate.network.verification import Differences, Found, compare

if TYPE_CHECKING:
    from pathlib import Path

ID = "023d" * 16
OTHER_ID = "9ad2" * 16

PROMISE = Promise(
    network="web",
    cidr="10.1.0.0/16",
    profile="web",
    written_profiles=("web",),
    mode="vxlan",
    block_size=26,
    isolated=False,
    shared_pool=False,
    mark="m",
    create_on="10.0.0.5",
    agents=(Agent("10.0.0.5", "create"), Agent("10.0.0.6"), Agent("10.0.0.7")),
)

NETWORK = DockerNetwork(
    name="web",
    id=ID,
    driver="calico",
    scope="global",
    ipam_driver="calico-ipam",
    subnets=("10.1.0.0/16",),
    options={"org.projectcalico.profile": "web"},
)
HOST = DockerNetwork("host", "aa", "host", "local", "default", (), {})

POOL = Pool(
    name="web",
    cidr="10.1.0.0/16",
    block_size=26,
    ipip_mode="Never",
    vxlan_mode="Always",
    nat_outgoing=True,
    disabled=False,
    node_selector="!all()",
    labels={},
    annotations={"org.projectcalico.label.network.ID": ID, "org.projectcalico.label.profile": "web"},
)
PROFILE = Profile("web", {"web": ""}, [{"action": "Allow"}], [{"action": "Allow"}], {})


def seen(*networks: DockerNetwork, agent: str = "10.0.0.5") -> AgentNetworks:
    return AgentNetworks(agent, f"{agent}.json", (HOST, *networks))


def rules(differences: Differences) -> list[str]:
    parts = [*differences.agents, differences.cluster, differences.pools, differences.profiles]
    return [finding.rule for part in parts for finding in part]


def all_as_promised() -> Found:
    agents = [seen(NETWORK, agent=agent.name) for agent in PROMISE.agents]
    return Found(agents, [POOL], [PROFILE])


def test_nothing_differs() -> None:
    assert rules(compare(PROMISE, all_as_promised())) == []
    assert rules(compare(PROMISE, Found())) == []


@pytest.mark.parametrize(
    "change, rule, says",
    [
        ({"driver": "bridge"}, "network-other-driver", "driver 'bridge', not 'calico'"),
        ({"ipam_driver": "default"}, "network-other-driver", "(IPAM) 'default', not 'calico-ipam'"),
        ({"scope": "local"}, "network-other-scope", "scope 'local', not 'global'"),
        ({"subnets": ("10.2.0.0/16",)}, "network-other-subnet", "10.2.0.0/16, not 10.1.0.0/16"),
        ({"subnets": ("0.0.0.0/0",)}, "network-other-subnet", "subnet none"),
        ({"subnets": ()}, "network-other-subnet", "subnet none"),
        ({"subnets": ("10.1.0.0/16", "10.3.0.0/16")}, "network-other-subnet", "10.1.0.0/16, 10.3.0.0/16"),
        ({"options": {}}, "network-other-profile", "no profile, not 'web'"),
        ({"options": {"org.projectcalico.profile": "p\x1b"}}, "network-other-profile", "profile 'p\\x1b'"),
    ],
)
def test_a_network_that_differs_on_one_agent(change: dict[str, Any], rule: str, says: str) -> None:
    agents = [seen(NETWORK), seen(NETWORK._replace(**change), agent="10.0.0.6")]
    differences = compare(PROMISE, Found(agents))
    assert differences.agents[0] == []
    (finding,) = differences.agents[1]
    assert finding.rule == rule
    assert says in finding.message
    assert finding.hint
    assert finding.severity.value == "error"


def test_a_bridge_network_of_the_name_says_only_that() -> None:
    bridge = DockerNetwork("web", OTHER_ID, "bridge", "local", "default", ("172.18.0.0/16",), {})
    assert rules(compare(PROMISE, Found([seen(bridge)]))) == ["network-other-driver"]


def test_missing_on_an_agent() -> None:
    differences = compare(PROMISE, Found([seen(NETWORK), seen(agent="10.0.0.6")]))
    assert rules(differences) == ["network-missing"]
    assert "not even Docker's own" not in differences.agents[1][0].message
    nothing = compare(PROMISE, Found([AgentNetworks("10.0.0.6", "x", ())]))
    assert "not even Docker's own" in nothing.agents[0][0].message


def test_two_networks_of_one_name_on_one_agent() -> None:
    differences = compare(PROMISE, Found([seen(NETWORK, NETWORK._replace(id=OTHER_ID))]))
    assert rules(differences) == ["several-networks-of-one-name"]
    finding = differences.agents[0][0]
    assert f"docker network rm {ID} {OTHER_ID}" in finding.hint
    assert "create the network again on one agent only" in finding.hint


def test_two_networks_of_one_name_on_two_agents() -> None:
    agents = [
        seen(NETWORK),
        seen(NETWORK._replace(id=OTHER_ID), agent="10.0.0.6"),
        seen(NETWORK._replace(id=OTHER_ID), agent="10.0.0.7"),
    ]
    differences = compare(PROMISE, Found(agents))
    assert rules(differences) == ["several-networks-of-one-name"]
    assert "10.0.0.6 and 1 more" in differences.cluster[0].message
    assert f"{ID} {OTHER_ID}" in differences.cluster[0].hint


def test_a_local_network_of_the_name_is_no_second_one() -> None:
    local = NETWORK._replace(id=OTHER_ID, scope="local")
    assert rules(compare(PROMISE, Found([seen(NETWORK), seen(local)]))) == ["network-other-scope"]


def test_another_network_on_the_subnet() -> None:
    other = NETWORK._replace(name="test", id=OTHER_ID)
    assert rules(compare(PROMISE, Found([seen(NETWORK, other)]))) == ["subnet-used-twice"]


def test_an_agent_that_nobody_promised_is_compared_too() -> None:
    differences = compare(PROMISE, Found([seen(agent="10.0.0.9")]))
    assert rules(differences) == ["network-missing", "agent-not-promised"]


@pytest.mark.parametrize(
    "change, says",
    [
        ({"cidr": "10.2.0.0/16"}, "cidr '10.2.0.0/16', not '10.1.0.0/16'"),
        ({"block_size": 24}, "blockSize '24', not '26'"),
        ({"vxlan_mode": "Never"}, "vxlanMode 'Never', not 'Always'"),
        ({"vxlan_mode": "CrossSubnet"}, "vxlanMode 'CrossSubnet', not 'Always'"),
        ({"ipip_mode": "Always"}, "ipipMode 'Always', not 'Never'"),
        ({"nat_outgoing": False}, "natOutgoing 'false', not 'true'"),
        ({"disabled": True}, "disabled 'true', not 'false'"),
        ({"node_selector": "all()"}, "nodeSelector 'all()', not '!all()'"),
    ],
)
def test_a_pool_that_differs(change: dict[str, Any], says: str) -> None:
    differences = compare(PROMISE, Found(pools=[POOL._replace(**change)]))
    (finding,) = differences.pools
    assert finding.rule == "pool-differs"
    assert says in finding.message


def test_a_shared_pool_has_no_node_selector() -> None:
    pool = POOL._replace(node_selector="all()")
    assert compare(PROMISE._replace(shared_pool=True), Found(pools=[pool])).pools == []


def test_a_missing_pool() -> None:
    (finding,) = compare(PROMISE, Found(pools=[])).pools
    assert finding.rule == "pool-missing"
    (finding,) = compare(PROMISE, Found(pools=[POOL._replace(name="old")])).pools
    assert "the pool 'old' has its CIDR" in finding.message


def test_annotations() -> None:
    agents = [seen(NETWORK, NETWORK._replace(name="test", id=OTHER_ID, subnets=("10.9.0.0/16",)))]

    def found(identifier: str | None, profile: str | None = "web") -> list[str]:
        annotations = {
            "org.projectcalico.label.network.ID": identifier,
            "org.projectcalico.label.profile": profile,
        }
        pool = POOL._replace(annotations={k: v for k, v in annotations.items() if v is not None})
        return [finding.rule for finding in compare(PROMISE, Found(agents, [pool])).pools]

    assert found(ID) == []
    assert found(None) == ["annotation-differs"]
    assert found(OTHER_ID) == ["annotation-differs"]
    assert found("feed" * 16) == ["annotation-without-network"]
    assert found(ID, "calico") == ["annotation-differs"]
    # Without a profile the plugin takes the pool's name.
    assert found(ID, None) == []


def test_an_annotation_whose_network_is_gone_everywhere() -> None:
    differences = compare(PROMISE, Found([seen()], [POOL]))
    assert rules(differences) == ["network-missing", "annotation-without-network"]


def test_a_missing_network_is_said_once() -> None:
    differences = compare(PROMISE, Found([seen()], [POOL._replace(annotations={})]))
    assert rules(differences) == ["network-missing"]


def test_without_agents_no_annotation_is_called_wrong() -> None:
    assert rules(compare(PROMISE, Found(pools=[POOL]))) == []


def test_profiles() -> None:
    def found(*profiles: Profile) -> list[str]:
        return [f.message for f in compare(PROMISE, Found(profiles=profiles)).profiles]

    assert found(PROFILE) == []
    assert found() == ["the profile 'web' is not there"]
    assert found(PROFILE._replace(labels_to_apply={})) == [
        "the profile 'web' applies the labels none, not web="
    ]
    assert found(PROFILE._replace(ingress=[{"action": "Deny"}])) == [
        "the profile 'web' has other rules for ingress than the promised ones"
    ]


def test_a_profile_that_exists_is_only_looked_for() -> None:
    promise = PROMISE._replace(profile="calico", written_profiles=("web",))
    found = Found(profiles=[PROFILE])
    assert [f.message for f in compare(promise, found).profiles] == ["the profile 'calico' is not there"]
    calico = PROFILE._replace(name="calico", labels_to_apply={"calico": ""}, ingress=[])
    assert compare(promise, found._replace(profiles=[PROFILE, calico])).profiles == []


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
    assert rules(compare(promise, Found([AgentNetworks("10.0.0.5", name, networks)]))) == expected
