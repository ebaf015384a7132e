"""Which names count in a file of the kind markdown."""

from __future__ import annotations

import pytest

from tests.migrate.survey.marked import check

PLACES = [
    'Deploy:\n\n```json\n{"id": "/a", "networks": [{"mode": "container", "name": "«dcos»"}]}\n```\n',
    "```\nexport NETWORK=«dcos»\n```\n",
    "```sh\ndocker run --net «dcos» x\n```\n\nThe dcos network.\n",
    "~~~yaml\nnetworks:\n- mode: container\n  name: «dcos»\n~~~\n",
    'Write:\n\n    {"networkName": "«dcos»"}\n',
    "1. Run\n\n   ```\n   --network=«dcos»\n   ```\n",
    "$ docker run --network «dcos» x\n",
    '```json\n{\n  "ipAddress": {\n    "networkName": "«dcos»"\n  }\n}\n```\n',
    "```\nNETWORK=‹calico›\n```\n",
]

LOOK_ALIKES = [
    "The network is called dcos.\n",
    "Install `dcos` first.\n",
    "```\ndcos marathon app add app.json\n```\n",
    "# dcos network\n",
    '```json\n{"cluster": "dcos"}\n```\n',
    "```\nuser: dcos\n```\n",
    "See [network](dcos).\n",
    "| network | dcos |\n",
    "The `network` is `dcos` here.\n",
]


@pytest.mark.parametrize("text", PLACES)
def test_places(text: str) -> None:
    check("README.md", text)


@pytest.mark.parametrize("text", LOOK_ALIKES)
def test_look_alikes(text: str) -> None:
    check("README.md", text)
