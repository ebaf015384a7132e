"""Names that do not fit everywhere, or are taken."""

from __future__ import annotations

import pytest

from calico_config.facts.facts import facts_of
from calico_migrate.network.rules import unusable_network_name
from calico_migrate.network.settings import GenerationSettings

WEB = GenerationSettings("web", "10.1.0.0/16")


def _messages(settings: GenerationSettings) -> list[str]:
    return [f"{finding.severity}: {finding.message}" for finding in unusable_network_name.check(settings)]


@pytest.mark.parametrize("name", ["web", "w", "web-1", "1-web", "a--b", "0x", "g" * 63, "deadbeef-1"])
def test_names_that_fit(name: str) -> None:
    assert _messages(WEB._replace(name=name)) == []


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("", "the name is empty"),
        ("Web", "is not made of a-z, 0-9 and -"),
        ("web_1", "is not made of a-z, 0-9 and -"),
        ("web.1", "is not made of a-z, 0-9 and -"),
        ("-web", "is not made of a-z, 0-9 and -"),
        ("web-", "is not made of a-z, 0-9 and -"),
        ("web 1", "is not made of a-z, 0-9 and -"),
        ("web\n", "'web\\x0a' is not made of a-z, 0-9 and -"),
        ("$(reboot)", "is not made of a-z, 0-9 and -"),
        ("a'b", "is not made of a-z, 0-9 and -"),
        ('a"b', "is not made of a-z, 0-9 and -"),
        ("wéb", "is not made of a-z, 0-9 and -"),
        ("w" * 64, "has 64 characters; at most 63 are possible"),
        ("w" * 300, "has 300 characters; at most 63 are possible"),
        ("deadbeef", "has only hex digits"),
        ("a", "has only hex digits"),
        ("123", "has only hex digits"),
        ("calico", "is taken: DC/OS has its own"),
        ("dcos", "is taken"),
        ("dcos6", "is taken"),
        ("mesos-bridge", "is taken"),
        ("bridge", "is taken"),
        ("host", "is taken"),
        ("none", "is taken"),
        ("default", "is taken"),
        ("ingress", "is taken"),
        ("default-ipv4-ippool", "is taken"),
    ],
)
def test_names_that_do_not(name: str, said: str) -> None:
    (message,) = _messages(WEB._replace(name=name))
    assert message.startswith("error: ")
    assert said in message
    assert message.isprintable()


def test_overlays_of_the_configuration_have_their_names() -> None:
    overlays = "[{name: web, subnet: 12.0.0.0/8, prefix: 24}]"
    config = f"dcos_overlay_network: {{vtep_subnet: 44.128.0.0/20, overlays: {overlays}}}"
    assert _messages(WEB._replace(configuration=facts_of(config))) == [
        "error: 'web' is taken: config.yaml has an overlay of this name"
    ]
    assert _messages(WEB._replace(configuration=facts_of(config), name="web-2")) == []
