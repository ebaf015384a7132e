from __future__ import annotations

import pytest

from calico_migrate.calico.kubernetes import (
    dns_label_problem,
    label_value_problem,
    port_name_problem,
    qualified_name_problem,
    subdomain_problem,
)


@pytest.mark.parametrize("text", ["a", "a.b-c", "0", "a" * 253])
def test_subdomains(text: str) -> None:
    assert not subdomain_problem(text)


@pytest.mark.parametrize("text", ["", "A", "-a", "a-", "a..b", ".a", "a_b", "a" * 254, "a\n", "é"])
def test_no_subdomains(text: str) -> None:
    assert subdomain_problem(text)


@pytest.mark.parametrize("text", ["a", "a-b", "a" * 63])
def test_dns_labels(text: str) -> None:
    assert not dns_label_problem(text)


@pytest.mark.parametrize("text", ["", "a.b", "A", "a" * 64])
def test_no_dns_labels(text: str) -> None:
    assert dns_label_problem(text)


@pytest.mark.parametrize("text", ["a", "A_b.c-D", "example.com/role", "a" * 63, "a" * 253 + "/" + "b" * 63])
def test_keys(text: str) -> None:
    assert not qualified_name_problem(text)


@pytest.mark.parametrize(
    "text", ["", "/", "a/", "/a", "a/b/c", "_a", "a_", "a b", "a" * 64, "A/b", "a" * 254 + "/b", "a\n", "é"]
)
def test_no_keys(text: str) -> None:
    assert qualified_name_problem(text)


@pytest.mark.parametrize("text", ["", "a", "A_b.c-D", "a" * 63])
def test_values(text: str) -> None:
    assert not label_value_problem(text)


@pytest.mark.parametrize("text", ["-", "a b", "a/b", "a" * 64, "a\n", "é" * 32])
def test_no_values(text: str) -> None:
    assert label_value_problem(text)


@pytest.mark.parametrize("text", ["http", "a1", "1a", "a-b", "a" * 15])
def test_port_names(text: str) -> None:
    assert not port_name_problem(text)


@pytest.mark.parametrize("text", ["", "80", "80-90", "A", "a--b", "-a", "a-", "a" * 16, "a.b"])
def test_no_port_names(text: str) -> None:
    assert port_name_problem(text)
