"""Encapsulations that are not the cluster's."""

from __future__ import annotations

import pytest

from calico_config.facts.facts import facts_of
from calico_migrate.calico.existing import Pool
from calico_migrate.network.rules import pool_mode_differs
from calico_migrate.network.settings import GenerationSettings
from calico_migrate.network.surroundings import mode_of

WEB = GenerationSettings("web", "10.1.0.0/16")


def _messages(settings: GenerationSettings) -> list[str]:
    return [f"{finding.severity}: {finding.message}" for finding in pool_mode_differs.check(settings)]


VXLAN = Pool("a", "10.2.0.0/16", vxlan_mode="Always")
IPIP = Pool("b", "10.3.0.0/16", ipip_mode="CrossSubnet")
PLAIN = Pool("c", "10.4.0.0/16")


@pytest.mark.parametrize(
    ("settings", "mode"),
    [
        (WEB, "vxlan"),
        (WEB._replace(mode="ipip"), "ipip"),
        (WEB._replace(pools=[IPIP]), "ipip"),
        (WEB._replace(pools=[IPIP, PLAIN, VXLAN._replace(disabled=True)]), "ipip"),
        (WEB._replace(pools=[VXLAN], mode="vxlan"), "vxlan"),
        (WEB._replace(pools=[VXLAN, IPIP], mode="ipip"), "ipip"),
        (WEB._replace(pools=[PLAIN]), "vxlan"),
        (WEB._replace(configuration=facts_of("calico_vxlan_enabled: 'false'")), "ipip"),
        (WEB._replace(configuration=facts_of("{}")), "vxlan"),
    ],
)
def test_the_mode_is_the_clusters(settings: GenerationSettings, mode: str) -> None:
    assert _messages(settings) == []
    assert mode_of(settings) == mode


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (
            WEB._replace(pools=[VXLAN], mode="ipip"),
            "error: the mode is ipip, but the cluster's pools use vxlan",
        ),
        (WEB._replace(pools=[VXLAN, IPIP]), "error: the cluster's pools use both vxlan and ipip"),
        (
            WEB._replace(configuration=facts_of("{}"), mode="ipip"),
            "error: the mode is ipip, but config.yaml sets vxlan",
        ),
        (
            WEB._replace(configuration=facts_of("{}"), pools=[IPIP]),
            "warning: config.yaml sets vxlan (calico_vxlan_enabled), but",
        ),
    ],
)
def test_the_mode_is_not(settings: GenerationSettings, said: str) -> None:
    (message,) = _messages(settings)
    assert message.startswith(said)
