"""Taking a network away again, over real ssh, and stopping where that is not safe."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.real.lab import Agent, Ended, Lab

Make = Any


def _rollback(lab: Lab, one: Any, *options: str, shell: tuple[str, ...] = ("sh",)) -> Ended:
    return lab.inside(*shell, "-s", "--", *options, stdin=one.files["rollback.sh"].decode())


def _everything(lab: Lab, one: Any) -> tuple[Any, ...]:
    """What there is of a network in a lab."""
    return (
        [agent.networks(one.name) for agent in lab.agents],
        lab.resource("IPPool", one.name),
        lab.resource("Profile", one.name),
        [agent.cni_file(one.name) for agent in lab.agents],
    )


def _make(lab: Lab, one: Any) -> None:
    for agent in lab.agents:
        ended = agent.script(one.script_of(agent))
        assert ended.code == 0, ended


@pytest.mark.parametrize("shell", [("bash",), ("dash",), ("busybox", "sh")], ids=lambda shell: shell[0])
def test_everything_goes_and_a_second_run_finds_nothing(
    pair: Lab, network: Make, shell: tuple[str, ...]
) -> None:
    one = network(pair)
    before = _everything(pair, one)
    _make(pair, one)
    made = _everything(pair, one)

    dry = _rollback(pair, one, "--dry-run", shell=shell)
    assert dry.code == 0, dry
    assert "Nothing was changed." in dry.out
    assert _everything(pair, one) == made
    for step in (
        "Would remove /opt",
        "Would remove the Docker network",
        "Would disable the pool",
        "Would delete the pool",
    ):
        assert step in dry.out

    gone = _rollback(pair, one, shell=shell)
    assert gone.code == 0, gone
    assert gone.out.endswith(f"The network {one.name} is gone.\n")
    places = [
        gone.out.index(text)
        for text in (
            f"{one.name}.conf is removed",
            "network " + one.name + " is removed",
            "is disabled",
            "is deleted",
        )
    ]
    assert places == sorted(places)
    assert _everything(pair, one) == before == ([[], []], None, None, [None, None])

    again = _rollback(pair, one, shell=shell)
    assert again.code == 0, again


def test_from_a_file_it_does_the_same(pair: Lab, network: Make, tmp_path: Path) -> None:
    one = network(pair)
    _make(pair, one)
    script = tmp_path / "rollback.sh"
    script.write_bytes(one.files["rollback.sh"])
    assert pair.inside("sh", str(script)).code == 0
    assert _everything(pair, one) == ([[], []], None, None, [None, None])


@pytest.fixture(scope="module")
def image(pair: Lab) -> str:
    """An image with busybox and what it is linked with, made without any registry."""
    files = ["/bin/busybox"]
    linked = subprocess.run(["ldd", "/bin/busybox"], capture_output=True, text=True, check=False).stdout
    files += [word for word in linked.split() if word.startswith("/")]
    tar = ["tar", "-c", "-h", "-P", "--transform=s,^/,,", *files]
    imported = pair.agents[1].run("sh", "-c", f"{' '.join(tar)} 2>/dev/null | docker import - busybox:local")
    assert imported.code == 0, imported
    return "busybox:local"


def _task(agent: Agent, one: Any, image: str) -> str:
    started = agent.run("docker", "run", "-d", "--net", one.name, image, "/bin/busybox", "sleep", "600")
    assert started.code == 0, started
    return started.out.strip()


def test_a_task_that_still_uses_the_pool_stops_it_before_anything_is_gone(
    pair: Lab, network: Make, image: str
) -> None:
    one = network(pair)
    _make(pair, one)
    task = _task(pair.agents[1], one, image)
    made = _everything(pair, one)
    try:
        for options in ([], ["--dry-run"]):
            stopped = _rollback(pair, one, *options)
            assert stopped.code == 30, stopped
            assert f"Containers on this agent have addresses of {one.settings.cidr}" in stopped.out
            assert "Stopped at the step 'check'" in stopped.err
            assert _everything(pair, one) == made
    finally:
        pair.agents[1].run("docker", "rm", "-f", task)
    assert _rollback(pair, one).code == 0
    assert _everything(pair, one) == ([[], []], None, None, [None, None])


def test_a_task_of_ucr_is_seen_by_its_workload_endpoint(pair: Lab, network: Make) -> None:
    one = network(pair)
    _make(pair, one)
    made = _everything(pair, one)
    address = one.settings.cidr.replace("0.0/16", "3.7/32")
    endpoint = {
        "apiVersion": "projectcalico.org/v3",
        "kind": "WorkloadEndpoint",
        "metadata": {"name": "agent-cni-task", "namespace": "default"},
        "spec": {"ipNetworks": [address], "profiles": [one.name]},
    }
    pair.put_resource(endpoint)
    try:
        stopped = _rollback(pair, one)
    finally:
        (pair.directory / "store/WorkloadEndpoint/agent-cni-task.json").unlink()
    assert stopped.code == 30, stopped
    assert f"{address} agent-cni-task" in stopped.out
    assert _everything(pair, one) == made


def test_the_tunnel_of_a_node_in_a_shared_pool_stops_it(pair: Lab, network: Make) -> None:
    one = network(pair, shared_pool=True)
    _make(pair, one)
    made = _everything(pair, one)
    address = one.settings.cidr.replace("0.0/16", "9.0")
    node = {
        "apiVersion": "projectcalico.org/v3",
        "kind": "Node",
        "metadata": {"name": "10.0.0.4"},
        "spec": {"ipv4VXLANTunnelAddr": address, "bgp": {"ipv4Address": "10.0.0.4/24"}},
    }
    pair.put_resource(node)
    try:
        stopped = _rollback(pair, one)
    finally:
        (pair.directory / "store/Node/10.0.0.4.json").unlink()
    assert stopped.code == 30, stopped
    assert f"{address} 10.0.0.4" in stopped.out
    assert _everything(pair, one) == made
    assert _rollback(pair, one).code == 0


def test_what_has_not_the_mark_stays(pair: Lab, network: Make) -> None:
    one = network(pair)
    _make(pair, one)
    pool = pair.resource("IPPool", one.name)
    assert pool is not None
    unmarked = {**pool, "metadata": {**pool["metadata"], "labels": {}}}
    pair.put_resource(unmarked)
    made = _everything(pair, one)

    stopped = _rollback(pair, one)

    assert stopped.code == 31, stopped
    assert f"The pool {one.name} has not the label" in stopped.out
    assert _everything(pair, one) == made

    pair.put_resource(pool)
    profile = pair.resource("Profile", one.name)
    assert profile is not None
    profile["metadata"]["labels"] = {}
    pair.put_resource(profile)
    assert _rollback(pair, one).code == 0
    assert pair.resource("IPPool", one.name) is None
    assert pair.resource("Profile", one.name) == profile


def test_a_profile_that_something_else_names_stays(pair: Lab, network: Make) -> None:
    one = network(pair)
    _make(pair, one)
    other = network(pair, profile=one.name)
    assert pair.agents[0].script(other.script).code == 0

    assert _rollback(pair, one).code == 0

    assert pair.resource("IPPool", one.name) is None
    assert pair.resource("Profile", one.name) is not None
    assert _rollback(pair, other).code == 0
    assert pair.resource("Profile", other.name) is None


def test_a_profile_that_a_host_endpoint_names_stays(pair: Lab, network: Make) -> None:
    one = network(pair)
    _make(pair, one)
    pair.put_resource(
        {
            "apiVersion": "projectcalico.org/v3",
            "kind": "HostEndpoint",
            "metadata": {"name": "eth0"},
            "spec": {"node": "a", "interfaceName": "eth0", "profiles": ["other", one.name]},
        }
    )
    try:
        done = _rollback(pair, one)
    finally:
        (pair.directory / "store/HostEndpoint/eth0.json").unlink()
    assert done.code == 0, done
    assert f"host endpoints use the profile {one.name}; it stays" in done.out
    assert pair.resource("IPPool", one.name) is None
    assert pair.resource("Profile", one.name) is not None
    assert _rollback(pair, one).code == 0
    assert pair.resource("Profile", one.name) is None


def test_a_silent_cluster_store_stops_it(breakable: Lab, network: Make) -> None:
    one = network(breakable)
    _make(breakable, one)
    cni = [agent.cni_file(one.name) for agent in breakable.agents]
    breakable.stop_etcd()
    stopped = _rollback(breakable, one)
    assert stopped.code == 13, stopped
    assert [agent.cni_file(one.name) for agent in breakable.agents] == cni
    assert breakable.resource("IPPool", one.name) is not None


def test_an_agent_that_is_not_reached_stops_it(pair: Lab, network: Make) -> None:
    one = network(pair)
    _make(pair, one)
    made = _everything(pair, one)
    stopped = _rollback(pair, one, "10.99.0.250")
    assert stopped.code == 32, stopped
    assert "10.99.0.250: it is not known what happened there" in stopped.out
    assert _everything(pair, one) == made


def test_an_address_that_is_none_never_reaches_ssh(pair: Lab, network: Make) -> None:
    one = network(pair)
    for address in ("-oProxyCommand=x", "a b", "$(reboot)", "a;b", ""):
        refused = _rollback(pair, one, address)
        assert refused.code == 2, refused


def test_step_by_step_on_the_agents_without_ssh(pair: Lab, network: Make) -> None:
    one, (first, second) = network(pair), pair.agents
    _make(pair, one)
    text = one.files["rollback.sh"]
    for agent, step in (
        (first, "check"),
        (second, "check"),
        (first, "endpoints"),
        (first, "cni"),
        (second, "cni"),
    ):
        ended = agent.script(text, "--local", step)
        assert ended.marker == f"calico-migrate: {one.name} - result=done code=0", ended
    assert first.script(text, "--local", "cluster").code == 0
    assert _everything(pair, one) == ([[], []], None, None, [None, None])
