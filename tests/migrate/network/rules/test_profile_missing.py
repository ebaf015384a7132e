"""Profiles that are not there."""

from __future__ import annotations

from calico_migrate.network.rules import profile_missing
from calico_migrate.network.verifying.subjects import ProfilesSeen
from tests.migrate.network.samples import PROFILE, PROMISE


def messages(profile: str, *present: str) -> list[str]:
    promise = PROMISE._replace(profile=profile)
    profiles = [PROFILE._replace(name=name) for name in present]
    return [finding.message for finding in profile_missing.check(ProfilesSeen(promise, profiles))]


def test_all_are_there() -> None:
    assert messages("web", "web", "calico") == []
    assert messages("calico", "web", "calico") == []


def test_one_is_not_there() -> None:
    assert messages("web", "calico") == ["the profile 'web' is not there"]
    assert messages("calico", "web") == ["the profile 'calico' is not there"]
    assert messages("calico") == ["the profile 'calico' is not there", "the profile 'web' is not there"]
