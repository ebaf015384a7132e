"""Addresses below the cluster's URL."""

from __future__ import annotations

import pytest

from calico_core.errors import InputError
from calico_migrate.cluster import ids


def test_what_the_cluster_says_is_encoded_whatever_it_is() -> None:
    assert ids.old_version("app", "marathon", "/a", "2026-01-01T00:00:00.000Z").endswith(
        "/v2/apps/a/versions/2026-01-01T00:00:00.000Z"
    )
    assert ids.old_version("pod", "marathon", "/a", "../x\ud800").endswith("::versions/..%2Fx%ED%A0%80")
    assert ids.deployment("marathon", "a/b?\ud800").endswith("/deployments/a%2Fb%3F%ED%A0%80")


@pytest.mark.parametrize("item", ["", "a", "/a/../b", "/A", "/a b", "/a?force=true", "/a//b", "/ü"])
def test_only_ids_of_marathons_have_an_address(item: str) -> None:
    with pytest.raises(InputError):
        ids.app("marathon", item)
