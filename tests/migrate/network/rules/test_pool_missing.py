"""The pool is not there."""

from __future__ import annotations

from calico_migrate.network.rules import pool_missing
from calico_migrate.network.verifying.subjects import PoolsSeen
from tests.migrate.network.samples import POOL, PROMISE


def test_it_is_there() -> None:
    assert list(pool_missing.check(PoolsSeen(PROMISE, [POOL]))) == []


def test_it_is_not_there() -> None:
    (finding,) = pool_missing.check(PoolsSeen(PROMISE, []))
    assert finding.message == "the IP pool 'web' (10.1.0.0/16) is not there"


def test_another_pool_has_its_cidr() -> None:
    (finding,) = pool_missing.check(PoolsSeen(PROMISE, [POOL._replace(name="old")]))
    assert finding.message.endswith("; the pool 'old' has its CIDR")
    assert "choose another CIDR" in finding.hint
