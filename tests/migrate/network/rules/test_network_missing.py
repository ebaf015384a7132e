"""An agent without the network."""

from __future__ import annotations

from calico_migrate.network.rules import network_missing
from calico_migrate.network.verifying.subjects import AgentSeen
from tests.migrate.network.samples import HOST, NETWORK, PROMISE, seen


def test_it_is_there() -> None:
    assert list(network_missing.check(AgentSeen(PROMISE, seen(NETWORK)))) == []


def test_it_is_not_there() -> None:
    (finding,) = network_missing.check(AgentSeen(PROMISE, seen(NETWORK._replace(name="web2"))))
    assert finding.message == "the Docker network 'web' is not there"


def test_nothing_is_there_at_all() -> None:
    (finding,) = network_missing.check(AgentSeen(PROMISE, seen()._replace(networks=())))
    assert "not even Docker's own `host` and `none`" in finding.message
    assert list(network_missing.check(AgentSeen(PROMISE, seen()._replace(networks=(HOST,)))))
