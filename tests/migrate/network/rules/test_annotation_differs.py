"""Annotations that do not belong to the promised network."""

from __future__ import annotations

from calico_migrate.network.rules import annotation_differs
from calico_migrate.network.verifying.subjects import AnnotationSeen
from tests.migrate.network.samples import ID, OTHER_ID, POOL, PROMISE

NETWORK_KEY, PROFILE_KEY = "org.projectcalico.label.network.ID", "org.projectcalico.label.profile"


def messages(annotations: dict[str, str], own: set[str], known: set[str]) -> list[str]:
    pool = POOL._replace(annotations=annotations)
    return [
        finding.message
        for finding in annotation_differs.check(AnnotationSeen(PROMISE, pool, own, known, asked=bool(own)))
    ]


def test_as_promised() -> None:
    assert messages({NETWORK_KEY: ID, PROFILE_KEY: "web"}, {ID}, {ID, OTHER_ID}) == []
    # Without agents nothing is known about networks.
    assert messages({NETWORK_KEY: ID, PROFILE_KEY: "web"}, set(), set()) == []


def test_no_annotation() -> None:
    assert messages({}, {ID}, {ID}) == ["the pool 'web' has no annotation of a Docker network"]


def test_another_network() -> None:
    (message,) = messages({NETWORK_KEY: OTHER_ID, PROFILE_KEY: "web"}, {ID}, {ID, OTHER_ID})
    assert "another Docker network than 'web'" in message


def test_a_network_that_nobody_knows_is_another_rule() -> None:
    assert messages({NETWORK_KEY: "feed" * 16, PROFILE_KEY: "web"}, {ID}, {ID}) == []


def test_another_profile() -> None:
    (message,) = messages({NETWORK_KEY: ID, PROFILE_KEY: "calico"}, {ID}, {ID})
    assert "the profile 'calico', not 'web'" in message
    # Without the annotation the plugin takes the pool's name.
    assert messages({NETWORK_KEY: ID}, {ID}, {ID}) == []
