"""What differs between a promise and a cluster."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from calico_migrate.network.verifying.inspection import DockerNetwork
from calico_migrate.network.verifying.verification import Differences, Found, compare
from tests.migrate.network.samples import ID, NETWORK, OTHER_ID, POOL, PROFILE, PROMISE, seen

if TYPE_CHECKING:
    from calico_migrate.calico.existing import Profile


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


def test_two_networks_of_one_name_on_one_agent() -> None:
    differences = compare(PROMISE, Found([seen(NETWORK, NETWORK._replace(id=OTHER_ID))]))
    assert rules(differences) == ["several-networks-of-one-name"]
    finding = differences.agents[0][0]
    assert f"docker network rm {ID} {OTHER_ID}" in finding.hint
    assert "create the network again on one agent only" in finding.hint


def test_an_agent_that_nobody_promised_is_compared_too() -> None:
    differences = compare(PROMISE, Found([seen(agent="10.0.0.9")]))
    assert rules(differences) == ["network-missing", "agent-not-promised"]


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


def test_another_profile_that_was_there_before_is_used_as_it_is() -> None:
    promise = PROMISE._replace(profile="other", written_profiles=("web", "other"))
    other = PROFILE._replace(name="other", egress=[])
    assert rules(compare(promise, Found(None, None, [PROFILE, other]))) == []
    ours = other._replace(labels={"calico-migrate.mark": PROMISE.mark})
    assert rules(compare(promise, Found(None, None, [PROFILE, ours]))) == ["profile-differs"]
    web = PROFILE._replace(egress=[])
    assert rules(compare(promise, Found(None, None, [web, other]))) == ["profile-differs"]
