"""`--for-update`: one app or pod, ready to be sent back."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calico_core.errors import UsageError, VerificationError
from calico_core.findings import Severity
from calico_core.spans import apply
from calico_migrate.marathon import for_update
from calico_migrate.marathon.parsed.fields import RUNTIME_FIELDS as FIELDS
from calico_migrate.marathon.result import Options
from calico_migrate.marathon.rewriting import rewrite
from calico_migrate.network_map import NetworkMap
from tests.migrate.marathon import reference, strategies

READY = Options(for_update=True)


def ready(text: str) -> str:
    after = rewrite(text, READY).after
    return text if after is None else after


def on(network: str, text: str) -> str:
    """A definition's text with a network behind its command or containers."""
    networks = f'"networks": [{{"name": "{network}"}}]'
    for key in ('"cmd": "run"', '"containers": []'):
        text = text.replace(key, f"{key}, {networks}")
    return text


@pytest.mark.parametrize(
    "before,after",
    [
        ('{"id": "/a", "cmd": "run", "version": "1"}', '{"id": "/a", "cmd": "run"}'),
        ('{"version": "1", "id": "/a", "cmd": "run"}', '{"id": "/a", "cmd": "run"}'),
        (
            '{"version": "1", "tasks": [], "id": "/a", "cmd": "run", "deployments": []}',
            '{"id": "/a", "cmd": "run"}',
        ),
        ('{"app": {"id": "/a", "cmd": "run", "tasksRunning": 1}}\n', '{"id": "/a", "cmd": "run"}\n'),
        (
            '{\r\n "app": {\r\n  "id": "/a", "cmd": "run"\r\n }\r\n}\r\n',
            '{\r\n  "id": "/a", "cmd": "run"\r\n }\r\n',
        ),
        ('\ufeff{"pod": {"id": "/p", "containers": []}}', '{"id": "/p", "containers": []}'),
        (
            '{\n  "id": "/a",\n  "cmd": "run",\n  "version": "1",\n  "cpus": 1.0\n}\n',
            '{\n  "id": "/a",\n  "cmd": "run",\n  "cpus": 1.0\n}\n',
        ),
        (
            '{\n  "id": "/a",\n  "cmd": "run",\n  "cpus": 1.0,\n  "tasks": [\n    {"id": "a.1", "appId": "/a"}\n  ]\n}\n',
            '{\n  "id": "/a",\n  "cmd": "run",\n  "cpus": 1.0\n}\n',
        ),
        ('{"version": 1, "id": "/a", "cmd": "run", "version": 2}', '{"id": "/a", "cmd": "run"}'),
        (
            '{"id": "/p", "spec": {"id": "/p", "containers": [], "version": "1"}, "status": "STABLE"}',
            '{"id": "/p", "containers": []}',
        ),
        (
            '{"container": {"docker": {"network": "USER"}}, "version": "1", "id": "/a"}',
            '{"container": {"docker": {"network": "USER"}}, "ipAddress": {"networkName": "calico"}, "id": "/a"}',
        ),
        (
            '{"id": "/a", "env": {"version": "1"}, "networks": [{"name": "dcos"}]}',
            '{"id": "/a", "env": {"version": "1"}, "networks": [{"name": "calico"}]}',
        ),
    ],
)
def test_takes_out_what_must_not_go_back(before: str, after: str) -> None:
    assert ready(on("dcos", before)) == on("calico", after)


@pytest.mark.parametrize("field", sorted(FIELDS))
def test_each_field(field: str) -> None:
    value = [{"id": "a.1", "appId": "/a"}] if field == "tasks" else {"a": [1]}
    text = json.dumps({"id": "/a", "cmd": "run", field: value, "cpus": 1})
    assert ready(on("dcos", text)) == on("calico", '{"id": "/a", "cmd": "run", "cpus": 1}')


@pytest.mark.parametrize(
    "field",
    ["executorResources", "resourceLimits", "role", "requirePorts", "residency", "uris", "ports", "versions"],
)
def test_everything_else_stays(field: str) -> None:
    text = json.dumps({"id": "/a", "cmd": "run", field: None})
    assert ready(on("dcos", text)) == on("calico", text)


@pytest.mark.parametrize(
    "document,words",
    [
        ({"id": "/", "groups": []}, "a group: sending it back deletes"),
        ({"id": "/", "apps": [{"id": "/a", "cmd": "run"}]}, "a group"),
        ({"apps": [{"id": "/a", "cmd": "run"}]}, "a list"),
        ([{"id": "/a", "cmd": "run"}], "a list"),
        ({"*": []}, "a list"),
        ({"queue": []}, "a list"),
        ({"id": "j", "run": {}}, "a job"),
        ({"haproxy": {"frontends": []}}, "an Edge-LB pool"),
    ],
)
def test_anything_else_is_wrong_usage(document: Any, words: str) -> None:
    with pytest.raises(UsageError, match="--for-update takes one app or pod") as caught:
        rewrite(json.dumps(document), READY)
    assert words in caught.value.message


_runtime: st.SearchStrategy[dict[str, Any]] = st.dictionaries(
    st.sampled_from(sorted(FIELDS)), st.sampled_from([None, [], {"a": 1}, "1"]), max_size=4
)


@given(
    st.one_of(strategies.apps, strategies.pods),
    _runtime,
    st.sampled_from(["bare", "wrapped", "status"]),
    st.sampled_from([None, 2, "\t"]),
    st.randoms(),
)
def test_equals_the_reference(definition: Any, extra: Any, shape: str, indent: Any, random: Any) -> None:
    if not isinstance(extra.get("tasks", []), list):
        extra["tasks"] = [{"id": "a.1", "appId": "/a"}]
    members = [*definition.items(), *extra.items()]
    random.shuffle(members)
    value = dict(members)
    kind = "pod" if "containers" in value else "app"
    if shape == "status" and kind == "app":
        shape = "wrapped"
    document = {
        "bare": value,
        "wrapped": {kind: value},
        "status": {"id": "/p", "spec": value, "instances": []},
    }[shape]
    options = Options(NetworkMap(dict(reference.NAMES), reference.DEFAULT), for_update=True)
    result = rewrite(json.dumps(document, indent=indent), options)
    text = json.dumps(document, indent=indent) if result.after is None else result.after
    expected = reference.migrate(value)
    if expected == value:
        assert (result.edits, text) == ([], json.dumps(document, indent=indent))
    else:
        assert json.loads(text) == {key: each for key, each in expected.items() if key not in FIELDS}


def test_a_result_that_is_not_what_was_planned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(for_update, "apply", lambda text, edits: apply(text, edits).replace("/a", "/b"))
    with pytest.raises(VerificationError, match="fault of the tool"):
        rewrite(on("dcos", '{"id": "/a", "cmd": "run", "version": "1"}'), READY)


@pytest.mark.parametrize(
    "body",
    [
        '{"networks": [{"name": "dcos"}]}',
        '{"ipAddress": {"networkName": "dcos"}}',
        '{"id": "/web", "networks": [{"name": "dcos"}]}',
        '{"networks": []}',
    ],
)
def test_networks_alone_are_not_sent(body: str) -> None:
    for document in (body, f'{{"app": {body}}}'):
        with pytest.raises(UsageError, match="drops image, volumes and ports"):
            rewrite(document, Options(for_update=True))


@pytest.mark.parametrize("network", ["calico", "other", "dcos6"])
def test_with_nothing_to_change_there_is_no_edit(network: str) -> None:
    text = on(network, '{"app": {"id": "/a", "cmd": "run", "version": "1", "tasks": []}}')
    result = rewrite(text, READY)
    assert (result.edits, result.after) == ([], None)


def test_labels_that_move_are_a_change() -> None:
    labelled = {"id": "/a", "networks": [{"name": "calico", "labels": {"a": "b"}}], "version": "1",
                "container": {"docker": {"image": "a"}}}  # fmt: skip
    result = rewrite(json.dumps(labelled), Options(move_labels=True, for_update=True))
    assert result.after is not None
    assert "version" not in json.loads(result.after)


@pytest.mark.parametrize("wrapped", [True, False])
@pytest.mark.parametrize("network", ["dcos", "calico"])
def test_what_a_package_manages_is_an_error(network: str, wrapped: bool) -> None:
    text = on(network, '{"id": "/k", "cmd": "run", "labels": {"DCOS_PACKAGE_NAME": "kafka"}}')
    document = f'{{"app": {text}}}' if wrapped else text
    (finding,) = [each for each in rewrite(document, READY).findings if each.rule == "package-managed"]
    assert finding.severity is Severity.ERROR
    assert finding.pointer == ("/app" if wrapped else "") + "/labels/DCOS_PACKAGE_NAME"
    assert finding.id == "/k"
    assert "--options-dir" in finding.hint
    assert not [each for each in rewrite(document).findings if each.rule == "package-managed"]
