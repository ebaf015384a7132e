from __future__ import annotations

import pytest

from calico_migrate.calico.moments import is_duration, is_time


@pytest.mark.parametrize(
    "text", ["0", "-0", "90s", "1h30m", "1.5h", ".5s", "-3ms", "+1us", "2µs", "2μs", "1ns", "1.s"]
)
def test_durations(text: str) -> None:
    assert is_duration(text)


@pytest.mark.parametrize(
    "text", ["", "90", "s", "1 h", "1d", "1h ", ".s", "--1s", "00", "99999999h", "1s" * 200, "1S", "٣s"]
)
def test_no_durations(text: str) -> None:
    assert not is_duration(text)


@pytest.mark.parametrize(
    "text",
    [
        "2020-01-31T12:00:00Z",
        "2020-02-29T23:59:59.123456789+01:00",
        "2000-02-29T00:00:00-23:59",
        "0000-02-29T00:00:00Z",
    ],
)
def test_times(text: str) -> None:
    assert is_time(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2020-01-31",
        "2020-01-31 12:00:00Z",
        "2020-01-31T12:00:00",
        "2020-01-31t12:00:00z",
        "2019-02-29T00:00:00Z",
        "1900-02-29T00:00:00Z",
        "2020-04-31T00:00:00Z",
        "2020-13-01T00:00:00Z",
        "2020-01-31T24:00:00Z",
        "2020-01-31T12:60:00Z",
        "2020-01-31T12:00:00Z\n",
    ],
)
def test_no_times(text: str) -> None:
    assert not is_time(text)
