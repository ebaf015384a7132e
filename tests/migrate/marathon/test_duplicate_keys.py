"""Duplicate keys: the last one counts, all of them stay, and none breaks anything."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calico_core.errors import UsageError
from calico_core.spans import apply
from calico_migrate.marathon.result import Options
from calico_migrate.marathon.rewriting import rewrite
from calico_migrate.network_map import NetworkMap
from tests.migrate.marathon import reference, strategies
from tests.support.definitions import whole

MAP = NetworkMap(dict(reference.NAMES), reference.DEFAULT)


def spelled(draw: st.DrawFn, value: Any) -> str:
    """JSON text in which objects have some of their keys twice, with another value first."""
    if isinstance(value, list):
        return "[" + ", ".join(spelled(draw, each) for each in value) + "]"
    if not isinstance(value, dict):
        return json.dumps(value)
    members = [f"{json.dumps(key)}: {spelled(draw, each)}" for key, each in value.items()]
    if members and draw(st.integers(0, 3)) == 0:
        key = draw(st.sampled_from(list(value)))
        earlier = draw(st.sampled_from([None, 5, "dcos", [], {}, value[key], [{"name": "dcos"}], {"a": "b"}]))
        members.insert(
            draw(st.integers(0, list(value).index(key))), f"{json.dumps(key)}: {json.dumps(earlier)}"
        )
    return "{" + ", ".join(members) + "}"


@st.composite
def texts(draw: st.DrawFn) -> str:
    document = draw(st.one_of(strategies.definitions, strategies.groups))
    if draw(st.booleans()):
        document = {**document, "version": "1", "tasks": [{"id": "dcos", "appId": "/a"}], "deployments": []}
    return spelled(draw, document)


@given(texts())
def test_equals_the_reference_on_what_counts(text: str) -> None:
    result = rewrite(text, Options(MAP))
    after = text if result.after is None else result.after
    assert json.loads(after) == reference.migrate(json.loads(text))
    assert apply(text, result.edits) == after


@given(texts(), st.booleans(), st.booleans())
def test_nothing_breaks(text: str, move_labels: bool, for_update: bool) -> None:
    try:
        result = rewrite(text, Options(MAP, move_labels, for_update))
    except UsageError:
        assert for_update
        return
    if result.after is not None:
        json.loads(result.after)


@pytest.mark.parametrize(
    "before,after",
    [
        (
            '{"networks": 5, "networks": [{"name": "x", "name": "dcos"}]}',
            '{"networks": 5, "networks": [{"name": "x", "name": "calico"}]}',
        ),
        (
            '{"container": {}, "container": {"volumes": [], "docker": {"network": "USER"}, "volumes": [1]}}',
            (
                '{"container": {}, "container": {"volumes": [], "docker": {"network": "USER"}, "volumes": [1]},'
                ' "ipAddress": {"networkName": "calico"}}'
            ),
        ),
    ],
)
def test_the_others_stay(before: str, after: str) -> None:
    assert rewrite(whole(before)).after == whole(after)


def test_nothing_is_said_of_what_does_not_count_but_that_it_does_not() -> None:
    dead = '{"id": "/a", "cmd": "ping 9.0.0.1", "networks": [{"name": "dcos6"}]}'
    (found,) = rewrite(f'{{"apps": [{dead}], "apps": []}}').findings
    assert (found.rule, found.pointer) == ("key-twice", "/apps")
    assert len(rewrite(f'{{"apps": [], "apps": [{dead}]}}').findings) == 2
