"""JSON and YAML that is no definition."""

from __future__ import annotations

import pytest

from calico_migrate.survey.looking import look
from calico_migrate.survey.place import State
from tests.migrate.survey.marked import SETTINGS, check, told


@pytest.mark.parametrize(
    "name,text",
    [
        ("vars.yml", "marathon_network: «dcos»\nuser: dcos\n"),
        ("vars.yml", "services:\n  web:\n    virtual_network_name: ‹calico›\n    owner: dcos\n"),
        ("play.yml", "- hosts: all\n  vars:\n    networks: [«dcos»]\n"),
        ("play.yml", "- hosts: all\n  vars:\n    networks:\n      - «dcos»\n"),
        (
            "docker-compose.yml",
            "services:\n  web:\n    networks: [dcos]\nnetworks:\n  dcos:\n    external: true\n",
        ),
        ("config.yaml", "dcos_overlay_network:\n  overlays:\n    - name: dcos\n      subnet: 9.0.0.0/8\n"),
        (
            "map.yaml",
            'kind: ConfigMap\napiVersion: v1\ndata:\n  app.json: |\n    {"networks": [{"name": "«dcos»"}]}\n',
        ),
        ("stack.json", '{"Parameters": {"Network": {"Type": "String", "Default": «"dcos"»}}}'),
        ("compose.json", '{"services": {"a": {}}, "networks": {"dcos": {"name": "dcos"}}}'),
        ("state.json", '{"network": {"overlays": [{"info": {"name": "dcos"}}]}}'),
        ("x.json", '{"a": {"networks": {«"dcos"»: {}}}}'),
        ("x.json", '{"a": {"dcos": {"name": "dcos"}}}'),
        ("broken.json", '{"networks": [{"name": "«dcos»"}'),
        ("broken.yaml", "networks:\n  - name: «dcos»\n\tx: [\n"),
    ],
)
def test_names_under_a_networks_key(name: str, text: str) -> None:
    check(name, text)


def test_a_definition_in_yaml_moves() -> None:
    text = "id: /a\ncmd: run\nnetworks:\n- mode: container\n  name: dcos\nenv: {NETWORK: dcos, USER: dcos}\n"
    assert told("a.yaml", text) == [(5, 9, "to-move"), (6, 16, "by-hand")]
    assert told("a.yaml", text, State.MENTION) == [(6, 28, "mention")]


def test_a_network_without_a_name_stands_at_its_first_line() -> None:
    text = '{"id": "/a", "cmd": "x",\n "networks": [\n  {"mode": "container"}]}'
    assert told("a.json", text) == [(3, 3, "to-move")]


def test_stored_options_and_the_environment_of_a_scheduler_run() -> None:
    options = "eyJzZXJ2aWNlIjogeyJ2aXJ0dWFsX25ldHdvcmtfbmFtZSI6ICJkY29zIn19"
    text = (
        '{"id": "/kafka", "cmd": "x", "labels": {"DCOS_PACKAGE_NAME": "kafka",'
        f' "DCOS_PACKAGE_OPTIONS": "{options}"}}, "env": {{"VIRTUAL_NETWORK_NAME": "dcos"}}}}'
    )
    found = look("kafka.json", text, SETTINGS)
    assert [(spot.state, spot.pointer) for spot in found.spots] == [
        (State.RUNNING, "/labels/DCOS_PACKAGE_OPTIONS"),
        (State.RUNNING, "/env/VIRTUAL_NETWORK_NAME"),
    ]


@pytest.mark.parametrize(
    "text,expected",
    [
        (
            '{"id": "/a", "cmd": "curl 9.0.3.4:80", "networks": [{"mode": "container", "name": "calico"}]}',
            [21],
        ),
    ],
)
def test_addresses_in_definitions(text: str, expected: list[int]) -> None:
    assert [place.column for place in told("a.json", text, State.DEPENDS)] == expected


@pytest.mark.parametrize(
    "text,count",
    [
        ("url=http://9.1.2.3/x", 1),
        ("host 9.1.2.3:8080", 1),
        ("http://user:secret@9.1.2.3/", 1),
        ("version 9.1.2.3", 0),
        ("19.1.2.3:80", 0),
        ("9.1.2.300:80", 0),
        ("9.1.2.3.4:80", 0),
        ("web.marathon.autoip.dcos.thisdcos.directory", 1),
        ("web.marathon.agentip.dcos.thisdcos.directory:80", 1),
        ("web.marathon.containerip.dcos.thisdcos.directory", 0),
        ("autoip", 0),
    ],
)
def test_addresses_elsewhere(text: str, count: int) -> None:
    assert len(told("notes.py", text, State.DEPENDS)) == count
