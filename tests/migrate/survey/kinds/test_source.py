"""Which names count in a file of the kind source."""

from __future__ import annotations

import pytest

from tests.migrate.survey.marked import check

PLACES = [
    'client.set_network("«dcos»")\n',
    "NETWORK = '«dcos»'\n",
    'networks = [{"mode": "container", "name": "«dcos»"}]\n',
    'app.ipAddress.networkName = "«dcos»";\n',
    'String overlay = "«dcos»"; // x\n',
    'put("virtualNetworks", "«dcos»")\n',
    'payload = "{\\"networkName\\": \\"«dcos»\\"}"\n',
    'if name == "«dcos»":  # the network\n',
    "const net = `«dcos»`;\n",
    'network("‹calico›")\n',
]

LOOK_ALIKES = [
    "client.network(dcos)\n",
    'cli = "dcos"\n',
    "from dcos import network\n",
    'kubernetes = "dcos"\n',
    'internet = "dcos"\n',
    'network =  # see below\n"dcos"\n',
    'x = "dcos"                                                  # network\n',
    'networking = "dcos-net"\n',
    'planet = "dcos"\n',
    'user = "dcos"  # on the cluster\n',
]


@pytest.mark.parametrize("text", PLACES)
def test_places(text: str) -> None:
    check("deploy.py", text)


@pytest.mark.parametrize("text", LOOK_ALIKES)
def test_look_alikes(text: str) -> None:
    check("deploy.py", text)
