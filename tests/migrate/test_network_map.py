"""Which network becomes which."""

from __future__ import annotations

import pytest

from calico_core.errors import UsageError
from calico_migrate.network_map import NetworkMap, is_network_name


def test_the_default() -> None:
    for network_map in (NetworkMap(), NetworkMap.parse([])):
        assert network_map.names == {"dcos": "calico"}
        assert network_map.default_becomes == "calico"
        assert network_map.new_names == {"calico"}


def test_several_old_names_may_have_one_new_one() -> None:
    network_map = NetworkMap.parse(["a=x", "b=x", "c=y", "a=x"], "b")
    assert network_map == NetworkMap({"a": "x", "b": "x", "c": "y"}, "b")
    assert [network_map.after(name) for name in ("a", "c", "dcos", None)] == ["x", "y", "dcos", "x"]
    assert network_map.new_names == {"x", "y"}


def test_the_map_replaces_the_default() -> None:
    network_map = NetworkMap.parse(["a=x"])
    assert network_map.after("dcos") == "dcos"
    assert network_map.after(None) is None


def test_an_old_name_may_be_anything() -> None:
    assert NetworkMap.parse(["Odd Name/1=x"]).after("Odd Name/1") == "x"


@pytest.mark.parametrize(
    "pairs,words",
    [
        (["dcos"], "write it as OLD=NEW"),
        (["=x"], "write it as OLD=NEW"),
        (["a="], "write it as OLD=NEW"),
        (["dcos6=calico"], "IPv6"),
        (["a=a"], "cannot become itself"),
        (["a=x", "a=y"], "cannot become both x and y"),
        (["a=b", "b=c"], "b is the new name of one network and the old name of another"),
        (["a=B"], "Marathon would not take 'B'"),
        (["a=x=y"], "Marathon would not take 'x=y'"),
        (["a=" + "x" * 64], "at most 63"),
    ],
)
def test_what_is_refused(pairs: list[str], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        NetworkMap.parse(pairs)


@pytest.mark.parametrize(
    "name,valid",
    [
        ("calico", True), ("a", True), ("0", True), ("a_b-c", True), ("a--b__c", True), ("x" * 63, True),
        ("", False), ("-a", False), ("a-", False), ("_a", False), ("a_", False), ("A", False), ("a.b", False),
        ("a b", False), ("a\n", False), ("ä", False), ("٣", False), ("x" * 64, False),
    ],
)  # fmt: skip
def test_the_names_that_marathon_takes(name: str, valid: bool) -> None:
    assert is_network_name(name) is valid
