"""Definitions in Ansible's tasks, and as JSON in block scalars."""

from __future__ import annotations

import pytest

from calico_migrate.marathon.result import Options
from calico_migrate.marathon.yaml.rewriting import rewrite_yaml

OPTION = "cmd: ./run\n{pad}networks:\n{pad}- mode: container\n{pad}  name: dcos\n"


def rewritten(text: str) -> str:
    result = rewrite_yaml(text, Options())
    return text if result.after is None else result.after


@pytest.mark.parametrize(
    "head",
    [
        "- marathon_app:\n    app:\n      ",
        "- name: deploy\n  dcos_app:\n    definition:\n      ",
        "- uri:\n    url: http://m/v2/apps\n    body:\n      ",
        "- ansible.builtin.uri:\n    method: PUT\n    body:\n      ",
        "- uri: url=http://m\n  args:\n    body:\n      ",
        "- action:\n    module: uri\n    body:\n      ",
        "- dcos_marathon:\n    app_id: /x\n    options:\n      ",
        "- dcos_marathon:\n    app_id: /x\n    resource:\n      ",
        "- hosts: all\n  tasks:\n  - block:\n    - uri:\n        body:\n          ",
        "- hosts: all\n  handlers:\n  - uri:\n      body:\n        - ",
    ],
)
def test_options_of_modules(head: str) -> None:
    pad = " " * (len(head) - head.rfind("\n") - 1)
    text = head + OPTION.format(pad=pad)
    assert rewritten(text) == text.replace("dcos\n", "calico\n").replace("calico_", "dcos_")


@pytest.mark.parametrize(
    "text",
    [
        "- hosts: all\n  vars:\n    app: {id: /x, cmd: run, networks: [{name: dcos}]}\n",
        "- set_fact: {options: {id: /x, cmd: run, networks: [{name: dcos}]}}\n",
        "- uri: {src: {id: /x, cmd: run, networks: [{name: dcos}]}}\n",
        "tasks:\n- uri: {body: {id: /x, cmd: run, networks: [{name: dcos}]}}\n",
    ],
)
def test_other_places_are_none(text: str) -> None:
    assert rewritten(text) == text


BLOCK = """\
- uri:
    body: {style}
      {{
        "id": "/x",
        "networks": [
          {{"mode": "container"}}
        ],
        "container": {{"type": "DOCKER", "docker": {{"image": "dcos", "network": "USER"}}}}
      }}
    status_code: 200
"""


@pytest.mark.parametrize("style", ["|", "|-", ">", ">-", "|2", "| # json"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_json_in_a_block_scalar(style: str, ending: str) -> None:
    text = BLOCK.format(style=style).replace("\n", ending)
    result = rewrite_yaml(text, Options())
    assert result.after == text.replace('"container"}', '"container", "name": "calico"}')
    (edit,) = result.edits
    assert edit.pointer == "/0/uri/body/networks/0/name"
    assert result.lines.position(edit.start).line == 6
    lines = {finding.line for finding in result.findings if finding.pointer == "/0/uri/body"}
    assert lines <= {3}
    assert [finding.id for finding in result.findings] == ["/x"] * len(result.findings)


def test_lines_that_json_gets_have_the_indentation_of_the_block() -> None:
    text = (
        '- uri:\n    body: |\n      {\n        "id": "/x",\n        "container": {\n          "docker": {\n'
        '            "image": "web",\n            "network": "USER"\n          }\n        }\n      }\n'
    )
    after = rewritten(text)
    assert (
        '        },\n        "ipAddress": {\n          "networkName": "calico"\n        }\n      }\n' in after
    )
    assert rewritten(after) == after


def test_a_folded_text_whose_json_would_be_another_is_told() -> None:
    text = (
        '- uri:\n    body: >\n      {"id": "/x", "cmd": "run\n      this", "networks": [{"name": "dcos"}]}\n'
    )
    result = rewrite_yaml(text, Options())
    assert result.edits == []


@pytest.mark.parametrize(
    "text", ["- uri:\n    body: |\n      {{ app }}\n", "- uri:\n    body: |\n      {not json\n"]
)
def test_blocks_that_are_no_json_are_passed_over(text: str) -> None:
    assert rewrite_yaml(text, Options()).kind is None
