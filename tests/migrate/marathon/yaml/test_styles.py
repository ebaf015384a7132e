"""What a change looks like in the many styles in which YAML is written."""

from __future__ import annotations

import textwrap

import pytest
import yaml

from calico_core.yaml.composing import parsers
from calico_migrate.marathon.result import Options
from calico_migrate.marathon.yaml.rewriting import rewrite_yaml


def rewritten(text: str, options: Options = Options()) -> str:  # noqa: B008
    result = rewrite_yaml(text, options)
    return text if result.after is None else result.after


def case(name: str, before: str, after: str) -> object:
    head = "id: /web\ncmd: ./run\n"
    return pytest.param(head + textwrap.dedent(before), head + textwrap.dedent(after), id=name)


@pytest.mark.parametrize(
    "before, after",
    [
        case("plain", "networks:\n- name: dcos # old\n", "networks:\n- name: calico # old\n"),
        case("single", "networks:\n  - name: 'dcos'\n", "networks:\n  - name: 'calico'\n"),
        case("double", 'networks: [{"name": "dcos"}]\n', 'networks: [{"name": "calico"}]\n'),
        case("escaped", 'networks: [{name: "d\\x63os"}]\n', 'networks: [{name: "calico"}]\n'),
        case("literal", "networks:\n- name: |-\n    dcos\n", "networks:\n- name: |-\n    calico\n"),
        case("folded", "networks:\n- name: >-\n    dcos\n  mode: container\n",
             "networks:\n- name: >-\n    calico\n  mode: container\n"),
        case("next line", "networks:\n- name:\n    dcos\n", "networks:\n- name:\n    calico\n"),
        case("tagged", "networks:\n- name: !!str dcos\n", "networks:\n- name: !!str calico\n"),
        case("anchored", "networks:\n- name: &n dcos\n", "networks:\n- name: &n calico\n"),
        case("tab", "networks:\n- name:\tdcos\t# old\n", "networks:\n- name:\tcalico\t# old\n"),
        case("insert in block", "networks:\n  - mode: container  # the mode\n    labels: {a: b}\n",
             "networks:\n  - mode: container  # the mode\n    name: calico\n    labels: {a: b}\n"),
        case("insert in front", "networks:\n  - labels:\n      a: b\n",
             "networks:\n  - name: calico\n    labels:\n      a: b\n"),
        case("insert quoted", "networks:\n- \"mode\": \"container\"\n",
             "networks:\n- \"mode\": \"container\"\n  \"name\": \"calico\"\n"),
        case("insert in flow", "networks: [{mode: container}]\n", "networks: [{mode: container, name: calico}]\n"),
        case("insert in several flow lines", "networks: [\n  {\n    mode: container\n  }\n]\n",
             "networks: [\n  {\n    mode: container,\n    name: calico\n  }\n]\n"),
        case("insert behind a comma", "networks: [{mode: container,}]\n",
             "networks: [{mode: container, name: calico,}]\n"),
        case("insert in JSON", 'networks: [{"mode":"container","labels":{}}]\n',
             'networks: [{"mode":"container","name": "calico","labels":{}}]\n'),
        case("insert in nothing", "networks: [{}]\n", "networks: [{name: calico}]\n"),
        case("null", "networks:\n- name: ~\n", "networks:\n- name: calico\n"),
        case("empty", "networks:\n- name:   # none yet\n  mode: container\n",
             "networks:\n- name: calico   # none yet\n  mode: container\n"),
        case("empty in flow", "networks: [{mode: container, name: }]\n",
             "networks: [{mode: container, name: calico}]\n"),
        case("key alone in flow", "networks: [{mode: container, name}]\n",
             "networks: [{mode: container, name: calico}]\n"),
        case("address", "container:\n  type: DOCKER\n  docker:\n    image: web\n    network: USER\nmem: 32\n",
             "container:\n  type: DOCKER\n  docker:\n    image: web\n    network: USER\nipAddress:\n"
             "  networkName: calico\nmem: 32\n"),
        case("address as wide as around",
             "container:\n    type: DOCKER\n    docker: {image: web, network: USER}\n",
             "container:\n    type: DOCKER\n    docker: {image: web, network: USER}\nipAddress:\n"
             "    networkName: calico\n"),
        case("merge in block",
             "networks:\n- name: dcos\n  labels:\n    a: '1.10'\n# the second\n- name: calico # gone\n"
             "  # gone too\n  labels:\n    b: 1.10 # as it is\n    a: x\nmem: 32\n",
             "networks:\n- name: calico\n  labels:\n    a: '1.10'\n    b: 1.10\n# the second\nmem: 32\n"),
        case("merge in flow",
             "networks: [{name: dcos}, {name: calico, labels: {'b': \"x\"}}]\n",
             "networks: [{name: calico, labels: {'b': \"x\"}}]\n"),
        case("merge with a comment",
             "networks: [\n  {name: dcos}, # stays\n  {name: calico} # goes\n]\n",
             "networks: [\n  {name: calico} # stays\n # goes\n]\n"),
        case("merge labels from block to flow",
             "networks:\n- {name: dcos, labels: {a: b}}\n- name: calico\n  labels:\n    c: d e\n",
             "networks:\n- {name: calico, labels: {a: b, c: \"d e\"}}\n"),
        case("names of ports",
             "networks: [{name: dcos}]\ncontainer:\n  portMappings:\n  - networkNames:\n    - dcos\n    - calico\n",
             "networks: [{name: calico}]\ncontainer:\n  portMappings:\n  - networkNames:\n    - calico\n"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("ending", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_changes_in_the_style_around(before: str, after: str, ending: str) -> None:
    before, after = before.replace("\n", ending), after.replace("\n", ending)
    assert rewritten(before) == after
    assert rewritten("\ufeff" + before) == "\ufeff" + after
    assert rewritten(after) == after
    bare = before.rstrip("\r\n")
    if "literal" not in before:
        # With libyaml where it is there: PyYAML's own scanner takes fewer tabs.
        loader = parsers()[0]
        assert yaml.load(rewritten(bare), loader) == yaml.load(after, loader)
        assert not rewritten(bare).endswith("\n")


@pytest.mark.parametrize(
    "before, after",
    [
        pytest.param(
            "id: /web\ncmd: ./run\ncontainer:\n  type: DOCKER\n  docker:\n    image: web\nnetworks:\n"
            "- name: calico\n  labels:\n    role: web\n",
            "id: /web\ncmd: ./run\ncontainer:\n  type: DOCKER\n  docker:\n    image: web\n    parameters:\n"
            '    - key: label\n      value: "org.projectcalico.label.role=web"\nnetworks:\n- name: calico\n',
            id="to parameters",
        ),
        pytest.param(
            "id: /web\ncmd: ./run\ncontainer: {type: DOCKER, docker: {image: web}}\n"
            "networks: [{name: calico, labels: {role: web}}]\n",
            "id: /web\ncmd: ./run\ncontainer: {type: DOCKER, docker: {image: web, parameters: "
            '[{key: label, value: "org.projectcalico.label.role=web"}]}}\nnetworks: [{name: calico}]\n',
            id="to parameters in flow",
        ),
        pytest.param(
            "id: /web\ncmd: ./run\ncontainer:\n  type: MESOS\n  docker:\n    image: web\n    parameters:\n"
            "    - key: label\n      value: org.projectcalico.label.role=web\n    - key: init\n      value: 'true'\n"
            "networks:\n- name: calico\n",
            "id: /web\ncmd: ./run\ncontainer:\n  type: MESOS\n  docker:\n    image: web\n    parameters:\n"
            "    - key: init\n      value: 'true'\nnetworks:\n- name: calico\n  labels:\n    role: web\n",
            id="to the network",
        ),
    ],
)
def test_labels_move_in_the_style_around(before: str, after: str) -> None:
    assert rewritten(before, Options(move_labels=True)) == after


@pytest.mark.parametrize(
    "name, written",
    [("on", '"on"'), ("1e3", '"1e3"'), ("null", '"null"'), ("12", '"12"'), ("net-2", "net-2")],
)
def test_a_name_that_yaml_reads_as_no_text_is_quoted(name: str, written: str) -> None:
    from calico_migrate.network_map import NetworkMap

    options = Options(NetworkMap({"dcos": name}))
    assert rewritten("id: /a\ncmd: run\nnetworks: [{name: dcos}]\n", options).endswith(
        f"[{{name: {written}}}]\n"
    )
    assert rewritten("id: /a\ncmd: run\nnetworks: [{name: 'dcos'}]\n", options).endswith(
        f"[{{name: '{name}'}}]\n"
    )
    assert rewritten("id: /a\ncmd: run\nnetworks:\n- mode: container\n", options).endswith(
        f"name: {written}\n"
    )


def test_the_last_of_several_documents_and_nothing_else() -> None:
    text = "# one\nfoo: {networks: [{name: dcos}]}\n---\nid: /a\ncmd: run\nnetworks: [{name: dcos}]\n...\n---\n- dcos\n"
    assert rewritten(text) == text.replace("networks: [{name: dcos}]\n...", "networks: [{name: calico}]\n...")


def test_a_key_that_is_no_text_stays_where_it_is_moved_to() -> None:
    text = "id: /a\ncmd: run\nnetworks:\n- mode: container\nlabels:\n  ? [a, b]\n  : c\n"
    assert rewritten(text) == text.replace("container\n", "container\n  name: calico\n")
