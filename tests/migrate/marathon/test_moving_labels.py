"""`--move-labels`: policy labels go where the container's runtime reads them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import jsonpatch
import pytest
from hypothesis import given
from hypothesis import strategies as st

from calico_core.formats.jsonpatch import render
from calico_core.report import FileReport, Report, records
from calico_migrate.calico.labels import sanitise
from calico_migrate.marathon.result import Options
from calico_migrate.marathon.rewriting import rewrite

if TYPE_CHECKING:
    from calico_migrate.calico.labels import Runtime

MOVE = Options(move_labels=True)
PREFIX = "org.projectcalico.label."


def moved(text: str) -> str:
    after = rewrite(text, MOVE).after
    return text if after is None else after


def docker(labels: dict[str, Any], parameters: Any = "absent") -> dict[str, Any]:
    image: dict[str, Any] = {"image": "web"}
    if parameters != "absent":
        image["parameters"] = parameters
    return {
        "id": "/a",
        "networks": [{"name": "dcos", "labels": labels}],
        "container": {"type": "DOCKER", "docker": image},
    }


def ucr(parameters: list[Any], network: dict[str, Any] | None = None) -> dict[str, Any]:
    return {
        "id": "/a",
        "networks": [{"name": "dcos"} if network is None else network],
        "container": {"type": "MESOS", "docker": {"image": "web", "parameters": parameters}},
    }


def parameter(label: str) -> dict[str, str]:
    return {"key": "label", "value": PREFIX + label}


def stays(document: Any) -> list[str]:
    findings = rewrite(json.dumps(document), MOVE).findings
    return [each.message for each in findings if each.rule == "policy-label-stays"]


@pytest.mark.parametrize("given_parameters", ["absent", None, []])
def test_to_docker(given_parameters: Any) -> None:
    result = json.loads(moved(json.dumps(docker({"role": "web", "tier": "1"}, given_parameters))))
    assert result["networks"] == [{"name": "calico"}]
    assert result["container"]["docker"]["parameters"] == [parameter("role=web"), parameter("tier=1")]


def test_to_docker_behind_other_parameters() -> None:
    other = {"key": "ulimit", "value": "nofile=1"}
    result = json.loads(moved(json.dumps(docker({"role": "web", "tier": "1"}, [other, parameter("tier=1")]))))
    assert result["container"]["docker"]["parameters"] == [other, parameter("tier=1"), parameter("role=web")]
    assert "labels" not in result["networks"][0]


def test_to_ucr() -> None:
    other = {"key": "label", "value": "team=a"}
    result = json.loads(moved(json.dumps(ucr([parameter("role=web"), other, parameter("tier=a=b")]))))
    assert result["networks"] == [{"name": "calico", "labels": {"role": "web"}}]
    # A value with `=` is none that Docker may have.
    assert result["container"]["docker"]["parameters"] == [other, parameter("tier=a=b")]


@pytest.mark.parametrize(
    "network", [{"name": "dcos", "labels": {"x": "y"}}, {"name": "dcos", "labels": None}, {}]
)
def test_to_ucr_beside_what_is_there(network: dict[str, Any]) -> None:
    result = json.loads(moved(json.dumps(ucr([parameter("role=web")], network))))
    labels = network.get("labels") or {}
    assert result["networks"] == [{"name": "calico", "labels": {**labels, "role": "web"}}]
    assert result["container"]["docker"]["parameters"] == []


def test_a_label_without_a_value() -> None:
    result = json.loads(moved(json.dumps(ucr([parameter("bare")]))))
    assert result["networks"][0]["labels"] == {"bare": ""}


def test_the_deprecated_address() -> None:
    app = {
        "ipAddress": {"networkName": "dcos", "labels": {"role": "web"}},
        "container": {"docker": {"network": "USER"}},
    }
    result = json.loads(moved(json.dumps(app)))
    assert result["ipAddress"] == {"networkName": "calico"}
    assert result["container"]["docker"]["parameters"] == [parameter("role=web")]


def test_in_the_style_of_the_text() -> None:
    before = """{
  "networks": [
    {
      "labels": {
        "role": "web"
      },
      "name": "dcos"
    }
  ],
  "container": {
    "type": "DOCKER",
    "docker": {
      "image": "web"
    }
  }
}
"""
    after = """{
  "networks": [
    {
      "name": "calico"
    }
  ],
  "container": {
    "type": "DOCKER",
    "docker": {
      "image": "web",
      "parameters": [
        {
          "key": "label",
          "value": "org.projectcalico.label.role=web"
        }
      ]
    }
  }
}
"""
    assert moved(before) == after
    assert moved(before.replace("\n", "\r\n")) == after.replace("\n", "\r\n")


def test_back_in_the_style_of_the_text() -> None:
    before = """{
\t"networks": [
\t\t{
\t\t\t"name": "calico"
\t\t}
\t],
\t"container": {
\t\t"type": "MESOS",
\t\t"docker": {
\t\t\t"parameters": [
\t\t\t\t{"key": "ulimit", "value": "x"},
\t\t\t\t{"key": "label", "value": "org.projectcalico.label.role=web"}
\t\t\t]
\t\t}
\t}
}"""
    after = before.replace(
        '"name": "calico"\n', '"name": "calico",\n\t\t\t"labels": {\n\t\t\t\t"role": "web"\n\t\t\t}\n'
    )
    after = after.replace(',\n\t\t\t\t{"key": "label", "value": "org.projectcalico.label.role=web"}', "")
    assert moved(before) == after


@pytest.mark.parametrize(
    "document,words",
    [
        (docker({"role": 5}), "its value is no text"),
        (docker({"role": "a b"}), "Docker would lose all labels"),
        (docker({"a/b": "x"}), "UCR turns it into a.b=x, and Docker does not"),
        (docker({"role": "web"}, [parameter("role=other")]), "the other place has it already, with the value 'other'"),
        (docker({"role": "web"}, {"key": "label"}), "the container's docker parameters are no array"),
        (ucr([parameter("a/b=x")]), "UCR turns it into a.b=x"),
        (ucr([parameter("_=x")]), "Docker would lose all labels"),
        (ucr([parameter("role=web")], {"name": "dcos", "labels": {"role": "other"}}), "the other place has it already"),
        ({**docker({}), "networks": [{"name": "dcos", "labels": {"a": "b"}}, {"name": "calico"}]}, "are merged"),
        ({**docker({"role": "web"}), "container": {"type": "DOCKER"}}, "no docker object"),
        ({**ucr([parameter("role=web")]), "networks": [{"name": "calico"}, {"name": "calico"}]},
         "no single new network"),
    ],
)  # fmt: skip
def test_obstacles(document: Any, words: str) -> None:
    messages = stays(document)
    assert len(messages) == 1
    assert words in messages[0]
    text = json.dumps(document)
    result = json.loads(moved(text))
    assert result.get("container") == document["container"], "nothing of it is moved"


def test_one_that_stays_keeps_no_other() -> None:
    result = json.loads(moved(json.dumps(docker({"a/b": "x", "role": "web"}))))
    assert result["networks"] == [{"name": "calico", "labels": {"a/b": "x"}}]
    assert result["container"]["docker"]["parameters"] == [parameter("role=web")]


def test_of_two_parameters_the_later_one_counts() -> None:
    given_parameters = [parameter("role=old"), parameter("role=web")]
    assert stays(docker({"role": "web"}, given_parameters)) == []
    assert len(stays(docker({"role": "old"}, given_parameters))) == 1


@pytest.mark.parametrize(
    "document",
    [
        {**docker({"role": "web"}), "networks": [{"name": "other", "labels": {"role": "web"}}]},
        {"containers": [], "networks": [{"name": "calico", "labels": {"role": "web"}}]},
        {"id": "j", "run": {"ucr": {}, "networks": [{"name": "calico", "labels": {"a": "b"}}]}},
        {"name": "lb", "virtualNetworks": [{"name": "calico", "labels": {"a": "b"}}]},
        {"networks": [{"name": "calico", "labels": {"role": "web"}}], "container": {"type": "mesos"}},
    ],
    ids=["other-network", "pod", "job", "pool", "ucr"],
)
def test_what_is_in_its_place(document: Any) -> None:
    text = json.dumps(document)
    assert moved(text) == text
    assert stays(document) == []


_keys = st.sampled_from(["role", "tier", "a/b", "team.x", "_", "", "long" * 20, 'q"'])
_texts = st.sampled_from(["web", "", "a b", "x" * 64, "=", "1.2"])


@given(
    st.dictionaries(_keys, _texts | st.just(5), max_size=4),
    st.lists(st.builds(lambda key, value: parameter(f"{key}={value}"), _keys, _texts), max_size=3),
    st.sampled_from([None, 1, "\t"]),
    st.booleans(),
)
def test_endpoints_get_the_same_and_nothing_moves_twice(
    labels: dict[str, Any], parameters: list[Any], indent: Any, under_docker: bool
) -> None:
    app = docker(labels, parameters) if under_docker else ucr(parameters, {"name": "dcos", "labels": labels})
    text = json.dumps(app, indent=indent)
    once = moved(text)
    assert moved(once) == once
    before, after = _everywhere(app), _everywhere(json.loads(once))
    # No label is lost on the way, and each one that moved arrives as it did where it was meant to be.
    assert after["network"].keys() | after["parameters"].keys() == (
        before["network"].keys() | before["parameters"].keys()
    )
    own = "parameters" if under_docker else "network"
    runtime: Runtime = "docker" if under_docker else "ucr"
    for key, value in after[own].items():
        if key not in before[own]:
            assert (
                sanitise({key: value}, "ucr").labels == sanitise({key: value}, runtime).labels == {key: value}
            )


def _everywhere(app: dict[str, Any]) -> dict[str, dict[str, Any]]:
    pairs = [
        each["value"][len(PREFIX) :].partition("=")
        for each in app["container"]["docker"].get("parameters") or []
    ]
    return {
        "network": app["networks"][0].get("labels") or {},
        "parameters": {key: value for key, _, value in pairs},
    }


def test_what_is_emptied_leaves_no_lines() -> None:
    before = json.dumps(ucr([parameter("role=web")]), indent=2)
    after = moved(before)
    assert '"parameters": []' in after
    assert json.dumps(json.loads(after), indent=2) == after
    before = json.dumps(docker({"role": "web"}) | {"networks": [{"labels": {"role": "web"}}]}, indent=2)
    assert '"labels": {}' in moved(before)


def test_a_document_without_blanks_gets_none() -> None:
    for document in (
        ucr([parameter("role=web"), {"key": "a", "value": "b"}], {}),
        docker({"role": "web", "tier": "1"}, [{"key": "a", "value": "b"}]),
        docker({"role": "web"}),
    ):
        after = moved(json.dumps(document, separators=(",", ":")))
        assert json.dumps(json.loads(after), separators=(",", ":")) == after


def test_the_labels_of_a_job_under_docker() -> None:
    networks = [{"mode": "container", "name": "dcos", "labels": {"role": "web"}}]
    for image in ({"image": "a"}, {"image": "a", "parameters": []}):
        result = json.loads(moved(json.dumps({"id": "j", "run": {"docker": image, "networks": networks}})))
        assert result["run"]["docker"]["parameters"] == [parameter("role=web")]
        assert result["run"]["networks"] == [{"mode": "container", "name": "calico"}]


OWN = {"owner": "web", PREFIX + "role": "web", PREFIX + "tier": "1"}


def test_a_definitions_own_labels_under_docker() -> None:
    app = docker({}, [parameter("role=web")]) | {"labels": OWN}
    result = json.loads(moved(json.dumps(app)))
    assert result["container"]["docker"]["parameters"] == [parameter("role=web"), parameter("tier=1")]
    assert result["labels"] == {"owner": "web"}


@pytest.mark.parametrize("network", [{"name": "dcos"}, {"name": "calico", "labels": {"role": "web"}}])
def test_a_definitions_own_labels_under_ucr(network: dict[str, Any]) -> None:
    own = {"labels": OWN}
    job = {"id": "j", "run": {"cmd": "x", "ucr": {}, "networks": [{"mode": "container", **network}]}}
    pod = {"id": "/p", "containers": [], "networks": [network]}
    for document in (ucr([], network), pod, job):
        result = json.loads(moved(json.dumps(document | own)))
        (entry,) = result.get("run", result)["networks"]
        assert (entry["name"], entry["labels"]) == ("calico", {"role": "web", "tier": "1"})
        assert result["labels"] == {"owner": "web"}


def test_own_labels_that_stay() -> None:
    assert len(stays(docker({}) | {"labels": {PREFIX + "a/b": "x"}})) == 1
    assert len(stays(ucr([], {"name": "dcos", "labels": {"role": "api"}}) | {"labels": OWN})) == 1
    app = {"id": "/a", "cmd": "x", "networks": [{"mode": "host"}], "labels": OWN}
    assert moved(json.dumps(app)) == json.dumps(app)


def test_moved_own_labels_as_a_patch() -> None:
    for app in (
        docker({"role": "web"}),
        ucr([parameter("a=b")], {"name": "dcos"}),
        ucr([], {"name": "dcos"}),
    ):
        text = json.dumps(app | {"labels": OWN})
        result = rewrite(text, MOVE)
        assert result.after is not None
        report = FileReport("a", "app", records(text, result.edits), patchable=True)
        patched = jsonpatch.apply_patch(json.loads(text), json.loads(render(Report([report]))))
        assert patched == json.loads(result.after)
