"""What the script says when something it needs is missing, silent, slow or full."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.real.lab import Agent, Lab

Make = Any


def _outcome(ended: Any) -> str:
    return str(ended.marker.split(" ", 3)[3])


def test_the_preflight_names_every_problem_of_an_agent(pair: Lab, network: Make) -> None:
    one, agent = network(pair), pair.agents[1]
    agent.control("inactive", "dcos-calico-felix.service")
    agent.run("ip", "link", "set", "vxlan.calico", "name", "elsewhere")
    agent.run("mv", "/run/docker/plugins/calico.sock", "/run/docker/plugins/calico.away")
    try:
        refused = agent.script(one.script)
    finally:
        agent.run("mv", "/run/docker/plugins/calico.away", "/run/docker/plugins/calico.sock")
        agent.run("ip", "link", "set", "elsewhere", "name", "vxlan.calico")
        agent.run("ip", "link", "set", "vxlan.calico", "up")
        agent.control("inactive", None)

    assert _outcome(refused) == "result=calico-not-ready code=12"
    assert "the service dcos-calico-felix is not active" in refused.err
    assert "vxlan.calico has no address" in refused.err
    assert "the plugin's socket /run/docker/plugins/calico.sock is missing" in refused.err
    assert _outcome(agent.script(one.script, "--preflight")) == "result=ready code=0"


def test_a_dead_plugin_is_noticed_before_anything_is_made(breakable: Lab, network: Make) -> None:
    one, agent = network(breakable), breakable.agents[0]
    agent.run("sh", "-c", "kill -9 $(cat /run/plugin.pid)")

    refused = agent.script(one.script)

    assert _outcome(refused) == "result=calico-not-ready code=12"
    assert "does not answer" in refused.err
    assert refused.seconds < 15
    assert breakable.resource("IPPool", one.name) is None

    agent.run("start-plugin")
    time.sleep(0.5)
    assert _outcome(agent.script(one.script)) == "result=created code=0"


def test_a_plugin_that_dies_while_it_creates_leaves_no_network_without_a_pool(
    breakable: Lab, network: Make
) -> None:
    one, agent = network(breakable), breakable.agents[0]
    agent.control("hang", "30")
    running = agent.start_command(["sh", "-s"])
    assert running.stdin is not None
    running.stdin.write(one.script.decode())
    running.stdin.close()
    running.stdin = None
    while breakable.resource("IPPool", one.name) is None:
        time.sleep(0.02)
    time.sleep(0.5)
    agent.run("sh", "-c", "kill -9 $(cat /run/plugin.pid)")
    agent.control("hang", None)
    agent.run("start-plugin")
    out, err = running.communicate(timeout=120)

    # Docker asks the new plugin again without its words, gets a network without a pool, and says it is made.
    assert "its containers cannot start" in err
    assert "Making the Docker network" in err
    assert out.endswith("result=created code=0\n")
    assert len(agent.networks(one.name)) == 1
    assert _outcome(agent.script(one.script, "--verify")) == "result=verified code=0"


def test_a_network_without_a_pool_is_made_anew_when_it_is_asked_for(pair: Lab, network: Make) -> None:
    one, (first, second) = network(pair), pair.agents
    assert first.script(one.script).code == 0
    old = first.networks(one.name)
    pool = pair.resource("IPPool", one.name)
    assert pool is not None
    del pool["metadata"]["annotations"]
    pair.put_resource(pool)

    for options in ([], ["--join"], ["--verify"], ["--create", "--dry-run"]):
        refused = second.script(one.script, *options)
        assert _outcome(refused) == "result=other-annotation code=19"
        assert "Run this script with --create on one agent" in refused.err
        assert second.networks(one.name) == old
    assert _outcome(second.script(one.script, "--create")) == "result=created code=0"
    assert first.networks(one.name) != old
    assert _outcome(first.script(one.script)) == "result=present code=0"


def test_a_plugin_that_accepts_and_says_nothing_is_noticed(pair: Lab, network: Make) -> None:
    one, agent = network(pair), pair.agents[0]
    agent.control("silent", "90")
    try:
        refused = agent.script(one.script)
    finally:
        agent.control("silent", None)
    assert _outcome(refused) == "result=calico-not-ready code=12"
    assert "does not answer within 10 seconds" in refused.err
    assert refused.seconds < 30


def test_a_slow_create_is_waited_for(pair: Lab, network: Make) -> None:
    one, agent = network(pair), pair.agents[0]
    agent.control("hang", "4")
    try:
        created = agent.script(one.script)
    finally:
        agent.control("hang", None)
    assert _outcome(created) == "result=created code=0"


def test_a_create_without_an_answer_is_unknown_and_never_done_twice(pair: Lab, network: Make) -> None:
    one, agent = network(pair), pair.agents[0]
    impatient = one.script.replace(b"CREATE_LIMIT=120", b"CREATE_LIMIT=1")
    assert impatient != one.script
    agent.control("hang", "6")
    try:
        unknown = agent.script(impatient)
        # Docker is still at it: a second run waits for it instead of creating a second network.
        busy = agent.script(one.script, "--create", "--wait", "1")
        waited = agent.script(one.script, "--create", "--wait", "20")
    finally:
        agent.control("hang", None)

    assert _outcome(unknown) == "result=no-answer code=21"
    assert "--verify" in unknown.err
    assert _outcome(busy) == "result=busy code=24"
    assert _outcome(waited) == "result=present code=0"
    assert len(agent.networks(one.name)) == 1


def test_a_silent_cluster_store_is_no_proof_of_absence(breakable: Lab, network: Make) -> None:
    one, two, agent = network(breakable), network(breakable), breakable.agents[0]
    assert agent.script(one.script).code == 0

    breakable.stop_etcd()
    for made, options in (
        (one, []),
        (one, ["--verify"]),
        (two, []),
        (two, ["--create"]),
        (two, ["--dry-run"]),
    ):
        refused = agent.script(made.script, *options)
        assert _outcome(refused) == "result=store-silent code=13", refused
        assert "etcd://10.99.0.254:2379 does not answer" in refused.err
    assert breakable.resource("IPPool", two.name) is None

    breakable.start_etcd()
    deadline = time.monotonic() + 30
    while not (back := agent.networks(one.name)) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert len(back) == 1
    assert _outcome(agent.script(one.script, "--verify")) == "result=verified code=0"
    assert _outcome(agent.script(two.script)) == "result=created code=0"


def test_a_silent_datastore_of_calico_stops_the_script(pair: Lab, network: Make) -> None:
    one, agent = network(pair), pair.agents[0]
    down = pair.directory / "store/down"
    down.touch()
    try:
        refused = agent.script(one.script)
    finally:
        down.unlink()
    assert _outcome(refused) == "result=store-silent code=13"
    assert "context deadline exceeded" in refused.err


def _restart_docker(agent: Agent, *options: str) -> None:
    agent.run("sh", "-c", "kill $(cat /run/dockerd.pid); while [ -e /run/dockerd.pid ]; do sleep 0.1; done")
    agent.run("start-docker", *options)
    deadline = time.monotonic() + 30
    while not agent.docker_is_ready() and time.monotonic() < deadline:
        time.sleep(0.1)


def test_docker_without_a_cluster_store_is_not_ready(breakable: Lab, network: Make) -> None:
    one, agent = network(breakable), breakable.agents[0]
    _restart_docker(agent, "--live-restore")

    refused = agent.script(one.script)

    assert _outcome(refused) == "result=docker-not-ready code=11"
    assert "Docker has no cluster store" in refused.err
    assert "live-restore" in refused.err

    agent.run("sh", "-c", "kill $(cat /run/dockerd.pid); while [ -e /run/dockerd.pid ]; do sleep 0.1; done")
    gone = agent.script(one.script)
    assert _outcome(gone) == "result=docker-not-ready code=11"
    assert "Docker does not answer" in gone.err
    assert breakable.resource("IPPool", one.name) is None


def test_a_pool_that_calico_refuses_is_reported_in_its_words(pair: Lab, network: Make) -> None:
    one, agent = network(pair), pair.agents[0]
    assert agent.script(one.script).code == 0
    overlapping = network(pair, cidr=one.settings.cidr)
    refused = agent.script(overlapping.script)
    assert _outcome(refused) == "result=resource-refused code=22"
    assert f"overlaps with IPPool({one.name})" in refused.err
    assert agent.networks(overlapping.name) == []


def test_a_full_disk_leaves_no_half_cni_file(pair: Lab, network: Make) -> None:
    one, agent = network(pair), pair.agents[0]
    etc = "/opt/mesosphere/etc"
    prepared = agent.run(
        "sh",
        "-c",
        f"cp -a {etc} /run/etc && mount -t tmpfs -o size=16k tmpfs {etc} && cp -a /run/etc/. {etc}/"
        f" && {{ cat /dev/zero >{etc}/filler 2>/dev/null || :; }}",
    )
    assert prepared.code == 0, prepared.err
    try:
        full = agent.script(one.script)
        left = agent.run("sh", "-c", f"ls -A {etc}/dcos/network {etc}/dcos/network/cni").out
    finally:
        agent.run("umount", etc)
    assert _outcome(full) == "result=not-written code=25"
    assert "is the disk full?" in full.err
    assert one.name not in left
    assert _outcome(agent.script(one.script)) == "result=present code=0"
    assert agent.cni_file(one.name) is not None


def test_a_cni_file_of_somebody_else_stays(pair: Lab, network: Make) -> None:
    one, agent = network(pair), pair.agents[0]
    place = f"/opt/mesosphere/etc/dcos/network/cni/{one.name}.conf"
    agent.run("sh", "-c", f'echo \'{{"name": "{one.name}"}}\' >{place}')
    refused = agent.script(one.script)
    assert _outcome(refused) == "result=no-cni-file code=23"
    assert agent.cni_file(one.name) == f'{{"name": "{one.name}"}}\n'
    agent.run("mv", place, "/opt/mesosphere/etc/dcos/network/cni/another.conf")
    refused = agent.script(one.script)
    assert _outcome(refused) == "result=no-cni-file code=23"
    assert "another.conf is a CNI file of the same name" in refused.err
    agent.run("rm", "/opt/mesosphere/etc/dcos/network/cni/another.conf")
    assert _outcome(agent.script(one.script)) == "result=present code=0"


def test_the_cni_file_follows_the_agents_own_after_an_upgrade(pair: Lab, network: Make) -> None:
    one, agent = network(pair), pair.agents[0]
    own = "/opt/mesosphere/etc/dcos/network/cni/calico.conf"
    assert agent.script(one.script).code == 0
    agent.run("sed", "-i", "s/1450/1480/", own)
    try:
        assert _outcome(agent.script(one.script, "--verify")) == "result=no-cni-file code=23"
        assert _outcome(agent.script(one.script)) == "result=present code=0"
        assert '"mtu": 1480' in (agent.cni_file(one.name) or "")
    finally:
        agent.run("sed", "-i", "s/1480/1450/", own)


def test_whoever_is_not_root_is_told(pair: Lab, network: Make) -> None:
    one, agent = network(pair), pair.agents[0]
    refused = agent.script(one.script, shell=("setpriv", "--reuid=65534", "--clear-groups", "sh"))
    assert _outcome(refused) == "result=not-root code=10"


def test_a_script_killed_at_any_moment_can_be_started_again(pair: Lab, network: Make) -> None:
    for delay in (0.05, 0.15, 0.25, 0.4, 0.6):
        one, agent = network(pair), pair.agents[0]
        killed = agent.start_command(["sh", "-s"])
        assert killed.stdin is not None
        killed.stdin.write(one.script_of(agent).decode())
        killed.stdin.close()
        killed.stdin = None
        time.sleep(delay)
        killed.kill()
        killed.communicate()
        again = agent.script(one.script_of(agent), "--wait", "3")
        assert again.code == 0, again
        assert len(agent.networks(one.name)) == 1
        assert _outcome(agent.script(one.script, "--verify")) == "result=verified code=0"


def test_newer_docker_clients_do_not_know_the_cluster_store_and_it_is_found_all_the_same(
    pair: Lab, network: Make
) -> None:
    """Docker 23 took the field out of the client; a client that fails on it stands for all newer ones."""
    one, agent = network(pair), pair.agents[0]
    agent.run(
        "sh",
        "-c",
        "rm /usr/local/sbin/docker; cat >/usr/local/sbin/docker; chmod 755 /usr/local/sbin/docker",
        stdin='#!/bin/sh\ncase "$*" in *ClusterStore*) echo "template: no field" >&2; exit 1 ;; esac\n'
        'exec /usr/bin/docker "$@"\n',
    )
    try:
        created = agent.script(one.script)
    finally:
        agent.run("ln", "-sf", "/usr/bin/docker", "/usr/local/sbin/docker")
    assert _outcome(created) == "result=created code=0"
