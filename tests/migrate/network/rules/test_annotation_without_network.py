"""Annotations whose network is gone."""

from __future__ import annotations

from calico_migrate.network.rules import annotation_without_network
from calico_migrate.network.verifying.subjects import AnnotationSeen
from tests.migrate.network.samples import ID, OTHER_ID, POOL, PROMISE


def test_the_network_exists() -> None:
    assert list(annotation_without_network.check(AnnotationSeen(PROMISE, POOL, set(), {ID}))) == []


def test_the_network_is_gone() -> None:
    (finding,) = annotation_without_network.check(AnnotationSeen(PROMISE, POOL, set(), {OTHER_ID}))
    assert ID in finding.message


def test_no_annotation() -> None:
    assert (
        list(
            annotation_without_network.check(
                AnnotationSeen(PROMISE, POOL._replace(annotations={}), set(), set())
            )
        )
        == []
    )
