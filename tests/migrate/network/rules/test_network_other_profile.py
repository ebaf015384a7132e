"""Profiles that are not the promised one."""

from __future__ import annotations

from typing import Any

import pytest

from calico_migrate.network.rules import network_other_profile
from calico_migrate.network.verifying.subjects import NetworkSeen
from tests.migrate.network.samples import NETWORK, PROMISE


def test_as_promised() -> None:
    assert list(network_other_profile.check(NetworkSeen(PROMISE, NETWORK))) == []


@pytest.mark.parametrize(
    "change, says",
    [
        ({"options": {}}, "has no profile, not 'web'"),
        ({"options": {"org.projectcalico.profile": "calico"}}, "the profile 'calico', not 'web'"),
        ({"options": {"org.projectcalico.profile": "p\x1b"}}, "the profile 'p\\x1b'"),
    ],
)
def test_otherwise(change: dict[str, Any], says: str) -> None:
    network = NETWORK._replace(**change)
    (finding,) = network_other_profile.check(NetworkSeen(PROMISE, network))
    assert says in finding.message
    assert f"docker network rm {network.id}" in finding.hint
