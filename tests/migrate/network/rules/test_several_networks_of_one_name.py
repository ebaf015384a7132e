"""Several networks of one name, on one agent or on several."""

from __future__ import annotations

from calico_migrate.network.rules import several_networks_of_one_name
from calico_migrate.network.verifying.subjects import AgentSeen, ClusterSeen
from tests.migrate.network.samples import ID, NETWORK, OTHER_ID, PROMISE, seen

OTHER = NETWORK._replace(id=OTHER_ID)


def test_one_network() -> None:
    assert list(several_networks_of_one_name.check(AgentSeen(PROMISE, seen(NETWORK)))) == []
    everyone = [seen(NETWORK), seen(NETWORK, agent="10.0.0.6")]
    assert list(several_networks_of_one_name.check(ClusterSeen(PROMISE, everyone))) == []


def test_two_on_one_agent() -> None:
    (finding,) = several_networks_of_one_name.check(AgentSeen(PROMISE, seen(NETWORK, OTHER)))
    assert f"docker network rm {ID} {OTHER_ID}" in finding.hint
    assert "create the network again on one agent only" in finding.hint


def test_one_each_on_several_agents() -> None:
    everyone = [seen(NETWORK), seen(OTHER, agent="10.0.0.6"), seen(OTHER, agent="10.0.0.7")]
    (finding,) = several_networks_of_one_name.check(ClusterSeen(PROMISE, everyone))
    assert "10.0.0.6 and 1 more" in finding.message
    assert f"{ID} {OTHER_ID}" in finding.hint


def test_a_local_network_is_no_second_one() -> None:
    everyone = [seen(NETWORK), seen(OTHER._replace(scope="local"), agent="10.0.0.6")]
    assert list(several_networks_of_one_name.check(ClusterSeen(PROMISE, everyone))) == []


def test_very_many_are_named_by_a_few() -> None:
    networks = [NETWORK._replace(id=f"{number:064x}") for number in range(500)]
    (finding,) = several_networks_of_one_name.check(AgentSeen(PROMISE, seen(*networks)))
    assert finding.message.startswith("500 Docker networks are called 'web'")
    assert len(finding.message) < 500
