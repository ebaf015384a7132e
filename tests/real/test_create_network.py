"""The script on real Docker engines with a real cluster store: what it creates, finds and refuses."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.real.lab import Lab

Make = Any
SHELLS = (("bash",), ("dash",), ("busybox", "sh"))


def test_what_one_agent_creates_all_agents_see(pair: Lab, network: Make) -> None:
    one, (first, second) = network(pair), pair.agents

    created = first.script(one.script_of(first))
    joined = second.script(one.script_of(second))

    assert created.marker == f"calico-migrate: {one.name} {first.address} result=created code=0"
    assert joined.marker == f"calico-migrate: {one.name} {second.address} result=present code=0"
    for agent in pair.agents:
        found = agent.inspect(one.name)
        assert (found["Driver"], found["Scope"], found["IPAM"]["Driver"]) == (
            "calico",
            "global",
            "calico-ipam",
        )
        assert found["IPAM"]["Config"] == [{"Subnet": one.settings.cidr}]
        assert found["Options"] == {"org.projectcalico.profile": one.name}
        verified = agent.script(one.script, "--verify")
        assert verified.marker == f"calico-migrate: {one.name} - result=verified code=0"
        assert "rollback.sh" not in verified.err
    pool = pair.resource("IPPool", one.name)
    assert pool is not None
    assert pool["spec"] == {
        "cidr": one.settings.cidr,
        "blockSize": 26,
        "ipipMode": "Never",
        "vxlanMode": "Always",
        "natOutgoing": True,
        "nodeSelector": "!all()",
    }
    assert pool["metadata"]["annotations"]["org.projectcalico.label.network.ID"] == found["Id"]
    profile = pair.resource("Profile", one.name)
    assert profile is not None
    assert profile["spec"]["labelsToApply"] == {one.name: ""}


def test_the_cni_file_is_the_agents_own_with_another_name_and_pool(pair: Lab, network: Make) -> None:
    one, agent = network(pair), pair.agents[0]
    assert agent.script(one.script).code == 0

    made = json.loads(agent.cni_file(one.name) or "")
    own = json.loads(agent.cni_file("calico") or "")

    own["name"] = one.name
    own["delegate"]["ipam"]["ipv4_pools"] = [one.settings.cidr]
    own["calico-migrate.mark"] = made["calico-migrate.mark"]
    assert made == own


@pytest.mark.parametrize("shell", SHELLS, ids=lambda shell: shell[0])
def test_every_shell_does_the_same_from_a_file_and_from_standard_input(
    pair: Lab, network: Make, shell: tuple[str, ...]
) -> None:
    one, agent = network(pair), pair.agents[0]
    agent.run("sh", "-c", "cat >/run/create-network.sh", stdin=one.script.decode())

    steps = [
        agent.script(one.script, "--dry-run", shell=shell),
        agent.run(*shell, "/run/create-network.sh", "--preflight"),
        agent.run(*shell, "/run/create-network.sh", "--verify"),
        agent.script(one.script, shell=shell),
        agent.run(*shell, "/run/create-network.sh"),
        agent.script(one.script, "--verify", shell=shell),
        agent.run(*shell, "/run/create-network.sh", "--dry-run"),
        agent.run(*shell, "/run/create-network.sh", "--bogus"),
    ]

    assert [step.marker.split(" ", 3)[3] for step in steps] == [
        "result=would-create code=0",
        "result=ready code=0",
        "result=absent code=18",
        "result=created code=0",
        "result=present code=0",
        "result=verified code=0",
        "result=would-join code=0",
        "result=usage code=2",
    ]
    assert [step.code for step in steps] == [0, 0, 18, 0, 0, 0, 0, 2]


def test_dry_run_preflight_and_verify_change_nothing(pair: Lab, network: Make) -> None:
    one, agent = network(pair), pair.agents[0]
    for options in (
        ["--dry-run"],
        ["--preflight"],
        ["--verify"],
        ["--create", "--dry-run"],
        ["--join", "--dry-run"],
    ):
        agent.script(one.script, *options)
    assert agent.networks(one.name) == []
    assert pair.resource("IPPool", one.name) is None
    assert pair.resource("Profile", one.name) is None
    assert agent.cni_file(one.name) is None


def test_a_second_run_completes_whatever_a_killed_one_left(pair: Lab, network: Make) -> None:
    one, (first, second) = network(pair), pair.agents
    assert first.script(one.script_of(first)).code == 0
    network_id = first.networks(one.name)[0]
    # Killed after the network: neither profile nor CNI file.
    (pair.directory / "store/Profile" / f"{one.name}.json").unlink()
    first.run("rm", f"/opt/mesosphere/etc/dcos/network/cni/{one.name}.conf")

    assert first.script(one.script, "--verify").marker.endswith("result=absent code=18")
    again = first.script(one.script_of(first))

    assert again.marker.endswith("result=present code=0")
    assert first.networks(one.name) == [network_id]
    assert pair.resource("Profile", one.name) is not None
    assert first.cni_file(one.name) is not None
    assert second.script(one.script, "--verify").marker.endswith("result=no-cni-file code=23")


def test_a_creator_that_was_killed_after_the_pool_is_noticed_and_replaced(pair: Lab, network: Make) -> None:
    one, (first, second) = network(pair), pair.agents
    pool = one.files["ippool.yaml"].decode()
    first.run("sh", "-c", "cat >/run/pool.yaml", stdin=pool)
    assert first.run("/opt/mesosphere/bin/calicoctl", "create", "-f", "/run/pool.yaml").code == 0

    left = second.script(one.script, "--wait", "2")
    assert left.marker.endswith("result=no-creator code=17")
    assert "create-network.sh --create" in left.err

    replaced = second.script(one.script, "--create", "--wait", "2")
    assert replaced.marker.endswith("result=created code=0")
    assert first.script(one.script).marker.endswith("result=present code=0")


def test_joining_without_any_creator_says_so(pair: Lab, network: Make) -> None:
    one, (_, second) = network(pair), pair.agents
    waited = second.script(one.script_of(second), "--wait", "1")
    assert waited.marker == f"calico-migrate: {one.name} {second.address} result=absent code=18"
    assert pair.resource("IPPool", one.name) is None


def test_a_bridge_network_of_that_name_is_not_taken_for_ours(breakable: Lab, network: Make) -> None:
    one, (first, second) = network(breakable), breakable.agents
    made = first.run("docker", "network", "create", "--driver", "bridge", one.name)
    assert made.code == 0, made.err

    refused = first.script(one.script)

    assert refused.marker.endswith("result=other-network code=14")
    assert "driver is 'bridge', not 'calico'" in refused.err
    assert "scope is 'local', not 'global'" in refused.err
    assert breakable.resource("IPPool", one.name) is None
    assert second.networks(one.name) == []


def test_a_network_with_another_subnet_or_profile_is_not_taken_for_ours(pair: Lab, network: Make) -> None:
    one, agent = network(pair), pair.agents[0]
    other = network(pair)
    assert agent.script(other.script).code == 0
    made = agent.run(
        *("docker", "network", "create", "--driver", "calico", "--ipam-driver", "calico-ipam"),
        *("--opt", "org.projectcalico.profile=else", f"--subnet={other.settings.cidr}", one.name),
    )
    assert made.code == 0, made.err

    refused = agent.script(one.script)

    assert refused.marker.endswith("result=other-network code=14")
    assert f"subnet is '{other.settings.cidr}', not '{one.settings.cidr}'" in refused.err
    assert f"profile is 'else', not '{one.name}'" in refused.err
    # The second network of one subnet took the annotation away from the first.
    stolen = agent.script(other.script, "--verify")
    assert stolen.marker.endswith("result=other-annotation code=19")


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("vxlanMode", "Never", "vxlanMode is 'Never', the file says 'Always'"),
        ("natOutgoing", False, "natOutgoing is 'false', the file says 'true'"),
        ("nodeSelector", "all()", "nodeSelector is 'all()', the file says '!all()'"),
        ("blockSize", 27, "blockSize is '27', the file says '26'"),
        ("disabled", True, "disabled is 'true', the file says 'false'"),
    ],
)
def test_a_pool_that_differs_stops_the_script(
    pair: Lab, network: Make, field: str, value: object, said: str
) -> None:
    one, agent = network(pair), pair.agents[0]
    assert agent.script(one.script).code == 0
    pool = pair.resource("IPPool", one.name)
    assert pool is not None
    pool["spec"][field] = value
    pair.put_resource(pool)

    for options in ([], ["--verify"], ["--create"], ["--dry-run"]):
        refused = agent.script(one.script, *options)
        assert refused.marker.endswith("result=other-resource code=16")
        assert said in refused.err


def test_a_profile_that_differs_stops_the_script(pair: Lab, network: Make) -> None:
    one, agent = network(pair, isolated=True), pair.agents[0]
    assert agent.script(one.script).code == 0
    assert agent.script(one.script, "--verify").code == 0
    profile = pair.resource("Profile", one.name)
    assert profile is not None
    del profile["spec"]["ingress"][0]["source"]["selector"]
    pair.put_resource(profile)

    refused = agent.script(one.script)

    assert refused.marker.endswith("result=other-resource code=16")
    assert f"- spec/ingress/0/source/selector\thas(calico-migrate.member/{one.name})" in refused.err


def test_another_profile_is_used_as_it_is_and_the_one_for_ucr_is_made(pair: Lab, network: Make) -> None:
    agent = pair.agents[0]
    foreign = {"egress": [{"action": "Deny", "source": {}, "destination": {}}]}
    existing = {
        "apiVersion": "projectcalico.org/v3",
        "kind": "Profile",
        "metadata": {"name": "calico"},
        "spec": foreign,
    }
    pair.put_resource(existing)
    one = network(pair, profile="calico")

    assert agent.script(one.script).marker.endswith("result=created code=0")
    assert pair.resource("Profile", "calico") == existing
    assert pair.resource("Profile", one.name) is not None
    assert agent.inspect(one.name)["Options"] == {"org.projectcalico.profile": "calico"}
    (pair.directory / "store/Profile/calico.json").unlink()
    assert agent.script(one.script, "--verify").marker.endswith("result=absent code=18")


def test_two_networks_of_one_name_are_named_by_id(pair: Lab, network: Make) -> None:
    one = network(pair)
    ids = _duplicate(pair, one)

    found = pair.agents[1].script(one.script)

    assert found.marker.endswith("result=ambiguous code=15")
    assert all(f"docker network rm {network_id}" in found.err for network_id in ids)


def _duplicate(lab: Lab, one: Any) -> list[str]:
    """Creates the network on both agents at the same moment until there are two of it."""
    for _ in range(20):
        lab.clear(one.name)
        lab.agents[0].run("sh", "-c", "cat >/run/pool.yaml", stdin=one.files["ippool.yaml"].decode())
        lab.agents[0].run("/opt/mesosphere/bin/calicoctl", "create", "-f", "/run/pool.yaml")
        processes = [agent.start_command(one.docker_create(agent)) for agent in lab.agents]
        for process in processes:
            process.communicate()
        ids = lab.agents[0].networks(one.name)
        if len(ids) > 1:
            return ids
    raise AssertionError("20 simultaneous creates did not make two networks of one name")
