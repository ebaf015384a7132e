from __future__ import annotations

import pytest

from tests.migrate.calico.rules.documents import assert_found, document, findings

ID = "invalid-yaml"


@pytest.mark.parametrize(
    "text",
    [
        "[▸",
        "a: ▸*b",
        "&a [▸*a]",
        "▸\x00",
        document("IPPool", "{cidr: ▸!!int x}"),
        document("NetworkPolicy", "{order: ▸.nan}"),
        document("NetworkPolicy", "{▸~: x}"),
        document("NetworkPolicy", "{? ▸[a] : x}"),
        "[" * 900 + "▸" + "[" * 20_000,
        document("NetworkPolicy", "{<<: ▸x}"),
        "a: ▸\ud800",
    ],
)
def test_it_is_found(text: str) -> None:
    assert_found(text, ID)


@pytest.mark.parametrize(
    "text",
    [
        document("NetworkPolicy", "{selector: all()}"),
        document("IPPool", "{cidr: 10.1.0.0/16}"),
        document("NetworkPolicy", "&x {selector: all()}")
        + "---\n"
        + document("IPPool", "{cidr: 10.1.0.0/16}"),
    ],
)
def test_it_is_not_found(text: str) -> None:
    assert findings(text, ID) == []


def test_the_place_is_where_the_yaml_breaks() -> None:
    (finding,) = findings(document("IPPool", "{cidr: 10.1.0.0/16}") + "---\na: [1\nb: 2\n", ID)
    assert (finding.line, finding.column) == (7, 2)


def test_a_bomb_of_aliases_is_refused_at_once() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 40)]
    (finding,) = findings("\n".join(lines), ID)
    assert "aliasing" in finding.message
