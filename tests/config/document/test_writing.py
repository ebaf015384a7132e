"""Planned edits: only the values' bytes change, in every style of file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings

from calico_config.document.reading import read_config
from calico_config.document.writing import plan
from calico_core.errors import InputError
from calico_core.spans import apply
from tests.config.strategies import configs

if TYPE_CHECKING:
    from pathlib import Path

VALUES = {"calico_network_cidr": "10.128.0.0/16", "calico_veth_mtu": "1450"}


def written(text: str, values: dict[str, str] = VALUES) -> str:
    return apply(text, plan(read_config(text), values))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "calico_network_cidr: 172.29.0.0/16   # pool\ncalico_veth_mtu: 1500\n",
            "calico_network_cidr: 10.128.0.0/16   # pool\ncalico_veth_mtu: 1450\n",
        ),
        (
            'calico_network_cidr: \'172.29.0.0/16\'\n"calico_veth_mtu" : "1500"\n',
            'calico_network_cidr: \'10.128.0.0/16\'\n"calico_veth_mtu" : "1450"\n',
        ),
        (
            "calico_network_cidr:\ncalico_veth_mtu: |\n  1500\nx: 1\n",
            "calico_network_cidr: 10.128.0.0/16\ncalico_veth_mtu: 1450\nx: 1\n",
        ),
        (
            "calico_network_cidr:\n- 172.29.0.0/16\ncalico_veth_mtu: [1500]\n",
            "calico_network_cidr: 10.128.0.0/16\ncalico_veth_mtu: 1450\n",
        ),
        ("a: 1\n", "a: 1\ncalico_network_cidr: 10.128.0.0/16\ncalico_veth_mtu: 1450\n"),
        ("a: 1", "a: 1\ncalico_network_cidr: 10.128.0.0/16\ncalico_veth_mtu: 1450"),
        ("  a: 1\n", "  a: 1\n  calico_network_cidr: 10.128.0.0/16\n  calico_veth_mtu: 1450\n"),
        (
            "a: 1\r\nb: 2 # end\r\n",
            "a: 1\r\nb: 2 # end\r\ncalico_network_cidr: 10.128.0.0/16\r\ncalico_veth_mtu: 1450\r\n",
        ),
        (
            "calico_vxlan_vni: 7\nscript: |+\n  echo\n\n",
            (
                "calico_vxlan_vni: 7\ncalico_network_cidr: 10.128.0.0/16\ncalico_veth_mtu: 1450\n"
                "script: |+\n  echo\n\n"
            ),
        ),
        (
            "a: 1\n...\n",
            "a: 1\ncalico_network_cidr: 10.128.0.0/16\ncalico_veth_mtu: 1450\n...\n",
        ),
        (
            '{"a": 1}',
            '{"a": 1, "calico_network_cidr": "10.128.0.0/16", "calico_veth_mtu": 1450}',
        ),
        (
            '{\n  "a": 1,\n  "b": 2\n}\n',
            (
                '{\n  "a": 1,\n  "b": 2,\n  "calico_network_cidr": "10.128.0.0/16",\n'
                '  "calico_veth_mtu": 1450\n}\n'
            ),
        ),
        (
            '{"calico_network_cidr": "9.0.0.0/8", "calico_veth_mtu": 1500}',
            '{"calico_network_cidr": "10.128.0.0/16", "calico_veth_mtu": 1450}',
        ),
        ("{}", '{"calico_network_cidr": "10.128.0.0/16", "calico_veth_mtu": 1450}'),
        (
            "x: &cidr 172.28.0.0/16\ncalico_network_cidr: *cidr\ncalico_veth_mtu: !!str 1500\n",
            "x: &cidr 172.28.0.0/16\ncalico_network_cidr: 10.128.0.0/16\ncalico_veth_mtu: 1450\n",
        ),
        (
            "d: &d {calico_veth_mtu: 1400}\n<<: *d\ncalico_network_cidr: 10.128.0.0/16\n",
            (
                "d: &d {calico_veth_mtu: 1400}\n<<: *d\ncalico_network_cidr: 10.128.0.0/16\n"
                "calico_veth_mtu: 1450\n"
            ),
        ),
        ("\ufeffa: 1\n", "\ufeffa: 1\ncalico_network_cidr: 10.128.0.0/16\ncalico_veth_mtu: 1450\n"),
    ],
)
def test_styles(before: str, after: str) -> None:
    assert written(before) == after
    assert written(after) == after


def test_an_anchor_that_is_used_elsewhere_is_not_touched() -> None:
    text = "calico_network_cidr: &c 172.29.0.0/16\ndcos_ucr_default_bridge_subnet: *c\n"
    with pytest.raises(InputError, match="anchor"):
        plan(read_config(text), VALUES)
    assert written("calico_network_cidr: &c 9.0.0.0/8\ncalico_veth_mtu: 1450\n") == (
        "calico_network_cidr: &c 10.128.0.0/16\ncalico_veth_mtu: 1450\n"
    )


def test_a_key_that_stands_twice_is_for_a_human() -> None:
    text = "calico_network_cidr: 9.0.0.0/8\ncalico_network_cidr: 10.128.0.0/16\n"
    with pytest.raises(InputError, match="remove all but one") as raised:
        plan(read_config(text), VALUES)
    assert raised.value.line == 2


def test_a_file_without_settings_is_refused() -> None:
    with pytest.raises(InputError):
        plan(read_config("- a\n"), VALUES)


@given(configs())
@settings(max_examples=250)
def test_everything_else_stays(text: str) -> None:
    document = read_config(text)
    if document.problem is not None:
        return
    try:
        edits = plan(document, VALUES)
    except InputError:
        return
    changed = read_config(apply(text, edits))
    assert {name: setting.text for name, setting in changed.settings.items()} == {
        **{name: setting.text for name, setting in document.settings.items()},
        **VALUES,
    }
    place = 0
    kept = []
    for edit in edits:
        kept.append(text[place : edit.start])
        place = edit.end
    assert all(part in apply(text, edits) for part in [*kept, text[place:]])


def test_real_files_change_only_where_they_must(shared: Path) -> None:
    count = 0
    for path in sorted((shared / "corpus" / "config" / "examples").glob("*.yaml")):
        text = path.read_bytes().decode("utf-8")
        document = read_config(text)
        if document.problem is not None:
            continue
        count += 1
        edits = plan(document, VALUES)
        changed = apply(text, edits)
        for edit in reversed(edits):
            shift = sum(
                len(other.replacement) - (other.end - other.start)
                for other in edits
                if other.start < edit.start
            )
            start = edit.start + shift
            changed = changed[:start] + text[edit.start : edit.end] + changed[start + len(edit.replacement) :]
        assert changed == text, path.name
    assert count >= 45
