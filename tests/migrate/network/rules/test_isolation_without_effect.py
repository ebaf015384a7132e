"""Isolation with the profile that lets everybody in."""

from __future__ import annotations

import pytest

from calico_migrate.network.rules import isolation_without_effect
from calico_migrate.network.settings import GenerationSettings

WEB = GenerationSettings("web", "10.1.0.0/16")


def _messages(settings: GenerationSettings) -> list[str]:
    return [f"{finding.severity}: {finding.message}" for finding in isolation_without_effect.check(settings)]


@pytest.mark.parametrize(("profile", "isolated"), [("calico", False), ("", True), ("team-a", True)])
def test_isolation_with_an_effect(profile: str, isolated: bool) -> None:
    assert _messages(WEB._replace(profile=profile, isolated=isolated)) == []


def test_isolation_without() -> None:
    (message,) = _messages(WEB._replace(profile="calico", isolated=True))
    assert message.startswith("error: --isolated has no effect")
