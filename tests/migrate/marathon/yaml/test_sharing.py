"""Names that are written once and used in several places."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from calico_migrate.marathon.result import Options
from calico_migrate.marathon.yaml.rewriting import rewrite_yaml


def result_of(text: str) -> tuple[str, dict[str, list[Any]]]:
    result = rewrite_yaml(text, Options())
    said: dict[str, list[Any]] = {}
    for finding in result.findings:
        said.setdefault(finding.rule, []).append(finding)
    return text if result.after is None else result.after, said


APPS = "apps:\n- {id: /a, cmd: run, networks: [*net]}\n- {id: /b, cmd: run, networks: [*net, {mode: host}]}\n"


@pytest.mark.parametrize(
    "anchor, changed",
    [
        (".net: &net {mode: container, name: dcos}\n", ".net: &net {mode: container, name: calico}\n"),
        (".net: &net\n  mode: container\n", ".net: &net\n  mode: container\n  name: calico\n"),
        ("x: {y: &net {name: &deep dcos}}\n", "x: {y: &net {name: &deep calico}}\n"),
        (".n: &n dcos\n.net: &net {name: *n}\n", ".n: &n calico\n.net: &net {name: *n}\n"),
    ],
)
def test_is_changed_where_it_is_written_and_names_all_users(anchor: str, changed: str) -> None:
    after, said = result_of(anchor + APPS)
    assert after == changed + APPS
    (finding,) = said["shared-name"]
    assert "/apps/0/networks/0" in finding.message
    assert "/apps/1/networks/0" in finding.message
    line = anchor.count("\n") + 2
    assert f"(line {line})" in finding.message
    assert finding.severity == "info"


def test_merge_keys() -> None:
    text = (
        "defaults: &defaults\n  cmd: run\n  networks:\n  - mode: container\n    name: dcos\n"
        "apps:\n- <<: *defaults\n  id: /a\n- <<: [*defaults]\n  id: /b\n- id: /c\n  <<: *defaults\n"
        "  networks: [{name: dcos}]\n"
    )
    after, said = result_of(text)
    assert after == text.replace("dcos", "calico")
    (finding,) = said["shared-name"]
    assert "/apps/0/networks/0/name" in finding.message
    assert "/apps/1/networks/0/name" in finding.message
    assert "/apps/2" not in finding.message


@pytest.mark.parametrize(
    "text, kept, stranger",
    [
        (
            "- id: /a\n  cmd: run\n  networks: [{name: &n dcos}]\n  env: {CLUSTER: *n}\n",
            "&n dcos",
            "/0/env/CLUSTER",
        ),
        (
            ".x: &n dcos\nother: *n\napps:\n- {id: /a, cmd: run, networks: [{name: *n}]}\n",
            "&n dcos",
            "/other",
        ),
        (
            ".x: &n {name: dcos}\napps:\n- {id: /a, cmd: run, networks: [*n], labels: *n}\n",
            "&n {name: dcos}",
            "/apps/0/labels/name",
        ),
    ],
)
def test_a_use_for_something_else_holds_the_edit_back(text: str, kept: str, stranger: str) -> None:
    after, said = result_of(text)
    assert after == text
    (finding,) = said["name-in-other-use"]
    assert finding.severity == "error"
    assert stranger in finding.message
    assert kept in after


def test_other_names_are_edited_all_the_same() -> None:
    text = (
        "- {id: /a, cmd: run, networks: [{name: &n dcos}], env: {CLUSTER: *n}}\n"
        "- {id: /b, cmd: run, networks: [{name: *n}]}\n"
        "- {id: /c, cmd: run, networks: [{name: dcos}]}\n"
    )
    after, said = result_of(text)
    assert after == text.replace("{name: dcos}", "{name: calico}")
    assert len(said["name-in-other-use"]) == 1


def test_what_shares_a_refused_name_with_another_name_is_refused_too() -> None:
    text = ".m: &m dcos\n- \n"
    text = (
        "apps:\n"
        "- {id: /a, cmd: run, networks: [{name: &n dcos}], env: {C: *n}, container: {portMappings: [{networkNames: [&p dcos]}]}}\n"
        "- {id: /b, cmd: run, networks: [{name: &q dcos}], container: {portMappings: [{networkNames: [*p]}]}}\n"
    )
    after, _ = result_of(text)
    # The second app's port would follow a name that stays.
    assert after == text


def test_an_anchor_in_what_goes_is_kept() -> None:
    text = "- id: /a\n  cmd: run\n  networks: [{name: dcos}, {name: calico, labels: &l {a: b}}]\n- {id: /b, cmd: run, labels: *l}\n"
    after, said = result_of(text)
    assert after == text
    assert "&l" in said["odd-notation"][0].message


def test_a_list_of_networks_that_is_shared_loses_an_entry_once() -> None:
    text = (
        ".n: &n\n- name: dcos\n- name: calico\n"
        "apps:\n- {id: /a, cmd: run, networks: *n}\n- {id: /b, cmd: run, networks: *n}\n"
    )
    after, said = result_of(text)
    assert after == text.replace("- name: dcos\n- name: calico\n", "- name: calico\n")
    assert yaml.safe_load(after)["apps"][1]["networks"] == [{"name": "calico"}]
    assert len(said["shared-name"]) == 2
