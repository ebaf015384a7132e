"""Two agents at the same moment: what plain Docker does, and what the script makes of it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.real.lab import Agent, Lab

Make = Any
ROUNDS = 20


def _released_together(agents: list[Agent], text: str) -> list[tuple[int, str, str]]:
    """Runs a shell script on all agents, held back until all of them stand at the barrier."""
    moment = time.time() + 0.35
    barrier = f'set -- "$@"\nuntil [ "$(date +%s%N)" -ge {int(moment * 1e9)} ]; do :; done\n'
    processes = [agent.start_command(["sh", "-s"]) for agent in agents]
    for process in processes:
        assert process.stdin is not None
        process.stdin.write(barrier + text)
        process.stdin.close()
        process.stdin = None
    ended = []
    for process in processes:
        out, err = process.communicate(timeout=200)
        ended.append((process.returncode, out, err))
    return ended


def test_plain_creates_at_one_moment_make_duplicates_and_the_script_makes_none(
    pair: Lab, network: Make
) -> None:
    plain, scripted = network(pair), network(pair)
    pool = plain.files["ippool.yaml"].decode()
    pair.agents[0].run("sh", "-c", "cat >/run/pool.yaml", stdin=pool)
    pair.agents[0].run("/opt/mesosphere/bin/calicoctl", "create", "-f", "/run/pool.yaml")

    duplicates = 0
    for _ in range(ROUNDS):
        _released_together(pair.agents, " ".join(plain.docker_create(pair.agents[0])))
        ids = pair.agents[0].networks(plain.name)
        duplicates += len(ids) > 1
        for network_id in ids:
            pair.agents[0].run("docker", "network", "rm", network_id)
    assert duplicates > 0

    for _ in range(ROUNDS):
        ended = _released_together(pair.agents, scripted.script.decode())
        assert [code for code, _, _ in ended] == [0, 0], ended
        words = sorted(out.rsplit("result=", 1)[1].split()[0] for _, out, _ in ended)
        assert words == ["created", "present"], ended
        for agent in pair.agents:
            assert len(agent.networks(scripted.name)) == 1
        pair.clear(scripted.name)


def test_a_creating_agent_waits_for_another_run_that_has_the_pool(pair: Lab, network: Make) -> None:
    one, (first, second) = network(pair), pair.agents
    first.control("hang", "2")
    try:
        slow = first.start_command(["sh", "-s"])
        assert slow.stdin is not None
        slow.stdin.write(one.script.decode())
        slow.stdin.close()
        slow.stdin = None
        while pair.resource("IPPool", one.name) is None:
            time.sleep(0.02)
        hasty = second.script(one.script, "--create")
        slow.communicate(timeout=60)
    finally:
        first.control("hang", None)

    assert slow.returncode == 0
    assert hasty.marker.endswith("result=present code=0")
    assert len(first.networks(one.name)) == 1
