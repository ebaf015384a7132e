"""Profiles that differ from the generated file."""

from __future__ import annotations

from typing import Any

from calico_migrate.network.rules import profile_differs
from calico_migrate.network.verifying.subjects import ProfileSeen
from tests.migrate.network.samples import PROFILE


def messages(**changes: Any) -> list[str]:
    return [
        finding.message
        for finding in profile_differs.check(ProfileSeen(PROFILE, PROFILE._replace(**changes)))
    ]


def test_as_promised() -> None:
    assert messages() == []
    assert messages(labels={"calico-migrate.mark": "x"}) == []


def test_otherwise() -> None:
    assert messages(labels_to_apply={}) == ["the profile 'web' applies the labels none, not web="]
    assert messages(labels_to_apply={"web": "", "b": "c"}) == [
        "the profile 'web' applies the labels b=c, web=, not web="
    ]
    assert messages(ingress=[{"action": "Deny"}], egress=[]) == [
        "the profile 'web' has other rules for ingress than the promised ones",
        "the profile 'web' has other rules for egress than the promised ones",
    ]
