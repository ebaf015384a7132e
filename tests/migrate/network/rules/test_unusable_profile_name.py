"""Profiles that cannot be named so."""

from __future__ import annotations

import pytest

from calico_migrate.network.rules import unusable_profile_name
from calico_migrate.network.settings import GenerationSettings

WEB = GenerationSettings("web", "10.1.0.0/16")


def _messages(settings: GenerationSettings) -> list[str]:
    return [f"{finding.severity}: {finding.message}" for finding in unusable_profile_name.check(settings)]


@pytest.mark.parametrize("profile", ["", "web", "calico", "team-a", "deadbeef"])
def test_profiles_that_fit(profile: str) -> None:
    assert _messages(WEB._replace(profile=profile)) == []


@pytest.mark.parametrize(
    "profile", ["my profile", "Team", "a" * 64, "projectcalico-default-allow", "$(reboot)", "x\n"]
)
def test_profiles_that_do_not(profile: str) -> None:
    (message,) = _messages(WEB._replace(profile=profile))
    assert message.startswith("error: ")
    assert message.isprintable()
