"""Exit codes: which wins where several apply."""

from __future__ import annotations

import itertools

import pytest

from calico_core import errors
from calico_core.exits import MEANINGS, ExitCode, strongest


def test_none_is_done() -> None:
    assert strongest([]) is ExitCode.DONE


def test_the_order_of_the_contract() -> None:
    order = [130, 5, 4, 3, 1, 0]
    for stronger, weaker in itertools.combinations(order, 2):
        assert strongest([ExitCode(weaker), ExitCode(stronger), ExitCode(weaker)]) == stronger


def test_every_code_has_its_place_and_meaning() -> None:
    assert set(MEANINGS) == set(ExitCode)
    assert all(strongest([code]) is code for code in ExitCode)


@pytest.mark.parametrize(
    "error,code",
    [
        (errors.UsageError, 2),
        (errors.InputError, 3),
        (errors.LiveError, 4),
        (errors.OutputError, 5),
        (errors.VerificationError, 5),
    ],
)
def test_each_error_knows_its_code(error: type[errors.CalicoMigrateError], code: int) -> None:
    assert error("x").exit_code == code
    assert str(error("x", path="a.json", line=2, column=3)) == "a.json:2:3: x"
    assert str(error("x", path="a.json")) == "a.json: x"
    assert str(error("x")) == "x"
