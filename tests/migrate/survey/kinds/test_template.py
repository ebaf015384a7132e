"""Which names count in a file of the kind template."""

from __future__ import annotations

import pytest

from tests.migrate.survey.marked import check

PLACES = [
    '{"id": "/a", "networks": [{"mode": "container", "name": "{{ network | default(\'«dcos»\') }}"}]}\n',
    '{"id": "{{ id }}", "networks": [{"mode": "container", "name": "«dcos»"}]}\n',
    '{"id": "{{ id }}",\n "networks": [\n   {"mode": "container",\n    "name": "«dcos»"}]}\n',
    '{% set network = "«dcos»" %}\n{"id": "/a"}\n',
    "id: {{ id }}\nnetworks:\n  - mode: container\n    name: «dcos»\n",
    '{"ipAddress": {"networkName": "«dcos»"}, "cpus": {{ cpus }} }\n',
    '{"container": {"portMappings": [{"containerPort": {{ port }}, "networkNames": ["«dcos»"]}]}}\n',
    '<%= @network || "«dcos»" %>\n',
    '{"networks": [{"name": "${NETWORK:-«dcos»}"}], "cpus": ${CPUS}}\n',
    '{"container": {"docker": {"parameters": [{"key": "net", "value": "«dcos»"}], "image": "{{ image }}"}}}\n',
    '{"networks": [{"name": "‹calico›"}], "cpus": {{ cpus }}}\n',
]

LOOK_ALIKES = [
    '{"id": "/{{ team }}/dcos", "cmd": "dcos"}\n',
    "{# network: dcos #}\n",
    'user: {{ user | default("dcos") }}\n',
    '{"labels": {"platform": "dcos"}, "cpus": {{ cpus }}}\n',
    "cluster: dcos\nurl: {{ url }}\n",
    '{% if platform == "dcos" %}x{% endif %}\n',
    "Hello {{ name }}, dcos runs.\n",
    '<%= @user || "dcos" %>\n',
    "${HOME:-dcos}\n",
    "name: dcos\nversion: {{ version }}\n",
]


@pytest.mark.parametrize("text", PLACES)
def test_places(text: str) -> None:
    check("app.json.j2", text)


@pytest.mark.parametrize("text", LOOK_ALIKES)
def test_look_alikes(text: str) -> None:
    check("app.json.j2", text)
