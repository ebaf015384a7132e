"""Other networks on the pool's subnet."""

from __future__ import annotations

from calico_migrate.network.rules import subnet_used_twice
from calico_migrate.network.verifying.subjects import AgentSeen
from tests.migrate.network.samples import HOST, NETWORK, OTHER_ID, PROMISE, seen

OTHER = NETWORK._replace(name="test", id=OTHER_ID)


def test_nobody_else() -> None:
    assert (
        list(
            subnet_used_twice.check(
                AgentSeen(PROMISE, seen(NETWORK, OTHER._replace(subnets=("10.2.0.0/16",))))
            )
        )
        == []
    )
    assert list(subnet_used_twice.check(AgentSeen(PROMISE, seen(NETWORK, HOST)))) == []


def test_another_calico_network() -> None:
    (finding,) = subnet_used_twice.check(AgentSeen(PROMISE, seen(NETWORK, OTHER)))
    assert "'test' has the subnet 10.1.0.0/16 too" in finding.message


def test_a_bridge_on_the_subnet_is_the_machines_own_affair() -> None:
    assert (
        list(subnet_used_twice.check(AgentSeen(PROMISE, seen(NETWORK, OTHER._replace(driver="bridge")))))
        == []
    )
