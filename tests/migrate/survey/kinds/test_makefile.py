"""Which names count in a file of the kind makefile."""

from __future__ import annotations

import pytest

from tests.migrate.survey.marked import check

PLACES = [
    "NETWORK ?= «dcos»\n",
    "NETWORK := «dcos»\n",
    "OVERLAY_NAME = «dcos»\n",
    "run:\n\tdocker run --net «dcos» x\n",
    "run:\n\t./deploy --network=«dcos»\n",
    "deploy: NET = «dcos»\n",
    'app:\n\techo \'{"networkName": "«dcos»"}\'\n',
    "export VIRTUAL_NETWORK=«dcos»\n",
    "NETWORK = ‹calico›\n",
]

LOOK_ALIKES = [
    "dcos:\n\techo x\n",
    "run: dcos\n",
    "# NETWORK = dcos\n",
    "CLI = dcos\n",
    "install:\n\tdcos package install kafka\n",
    "USER := dcos\n",
    "test:\n\t@dcos marathon app list\n",
    "PLATFORM ?= dcos\n",
]


@pytest.mark.parametrize("text", PLACES)
def test_places(text: str) -> None:
    check("Makefile", text)


@pytest.mark.parametrize("text", LOOK_ALIKES)
def test_look_alikes(text: str) -> None:
    check("Makefile", text)
