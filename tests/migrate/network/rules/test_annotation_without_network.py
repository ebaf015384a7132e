"""Annotations whose network is gone."""

from __future__ import annotations

from calico_migrate.network.rules import annotation_without_network
from tests.migrate.network.samples import ID, OTHER_ID, POOL


def test_the_network_exists() -> None:
    assert list(annotation_without_network.check(POOL, {ID})) == []


def test_the_network_is_gone() -> None:
    (finding,) = annotation_without_network.check(POOL, {OTHER_ID})
    assert ID in finding.message


def test_no_annotation() -> None:
    assert list(annotation_without_network.check(POOL._replace(annotations={}), set())) == []
