"""Placeholders that nobody filled in."""

from __future__ import annotations

import pytest

from calico_config.document.reading import read_config


def placeholders_of(text: str) -> list[tuple[str | None, str, int, int]]:
    return [(one.name, one.text, one.span.line, one.span.column) for one in read_config(text).placeholders]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("master_list:\n- <master-private-ip-1>\n", [("master_list", "<master-private-ip-1>", 2, 3)]),
        ('a: "{{ cidr }}"\n', [("a", "{{ cidr }}", 1, 5)]),
        ("a: ${CIDR}/16\n", [("a", "${CIDR}", 1, 4)]),
        ("a: $CIDR\n", [("a", "$CIDR", 1, 4)]),
        ("a: $cidr/16\n", [("a", "$cidr", 1, 4)]),
        ("a: http://$BOOTSTRAP_IP:80\n", [("a", "$BOOTSTRAP_IP", 1, 11)]),
        ("a: $(terraform output cidr)\n", [("a", "$(terraform output cidr)", 1, 4)]),
        ("a: <%= cidr %>/16\n", [("a", "<%= cidr %>", 1, 4)]),
        ("a: 'x&lt;name&gt;'\n", [("a", "&lt;name&gt;", 1, 6)]),
        ("a: '%%NAME%%'\n", [("a", "%%NAME%%", 1, 5)]),
        ("x: &c <cidr>\ny: *c\n", [("x", "<cidr>", 1, 7), ("y", "<cidr>", 2, 4)]),
        ("a: <x> and <y>\n", [("a", "<x>", 1, 4), ("a", "<y>", 1, 12)]),
        ('n: \'{"a": "<x>"}\'\n', [("n", "<x>", 1, 12)]),
    ],
)
def test_a_placeholder_is_found_where_it_stands(
    text: str, expected: list[tuple[str | None, str, int, int]]
) -> None:
    assert placeholders_of(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "ip_detect_contents: |\n  #!/bin/sh\n  echo ${IP} <x> $(ip)\n",
        "superuser_password_hash: $6$rounds=656000$v55tdnlMGNoSEgYH$1JAznj58MR\n",
        "a: 1 < 2 and 3 > 2\n",
        "a: 5 $ or $5, $1$ABC$DEF$GHI\n",
        "a: b  # <name>\n",
        "http_proxy: http://user:p@host/\n",
        "mail: name@example.com\n",
    ],
)
def test_what_only_looks_like_one_is_left_alone(text: str) -> None:
    assert placeholders_of(text) == []


def test_a_file_that_is_no_yaml_has_its_placeholders_named_too() -> None:
    found = placeholders_of("# <not this>\na: {{ cidr }}  # <nor this>\n")
    assert found == [(None, "{{ cidr }}", 2, 4)]
