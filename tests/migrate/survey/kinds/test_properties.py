"""Which names count in a file of the kind properties."""

from __future__ import annotations

import pytest

from tests.migrate.survey.marked import check

PLACES = [
    "spark.mesos.network.name=«dcos»\n",
    "network: «dcos»\n",
    'NETWORK="«dcos»"\n',
    "virtual_network = «dcos»\n",
    "[networks]\nname = «dcos»\n",
    "network.name «dcos»\n",
    "export NETWORK_NAME=«dcos»\n",
    '[[network]]\nname = "«dcos»"\n',
    "overlay.name=«dcos»\nuser=dcos\n",
    "network=‹calico›\n",
]

LOOK_ALIKES = [
    "user=dcos\n",
    "# network=dcos\n",
    "! network=dcos\n",
    "platform: dcos\n",
    "[dcos]\nurl = x\n",
    "name=dcos\n",
    "[servers]\nname = dcos\n",
    "internet=dcos\n",
    "dcos.url=x\n",
]


@pytest.mark.parametrize("text", PLACES)
def test_places(text: str) -> None:
    check("app.properties", text)


@pytest.mark.parametrize("text", LOOK_ALIKES)
def test_look_alikes(text: str) -> None:
    check("app.properties", text)
