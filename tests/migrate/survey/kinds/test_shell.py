"""Which names count in a file of the kind shell."""

from __future__ import annotations

import pytest

from tests.migrate.survey.marked import check

PLACES = [
    "#!/bin/sh\nNETWORK=«dcos»\n",
    'export VIRTUAL_NETWORK="«dcos»"\n',
    "docker run --net «dcos» image\n",
    "docker network inspect «dcos»\n",
    "docker network connect «dcos» web\n",
    'curl -X PUT "$URL" -d \'{"networks": [{"mode": "container", "name": "«dcos»"}]}\'\n',
    'cat > app.json <<EOF\n{\n  "id": "/a",\n  "networks": [\n    {"mode": "container", "name": "«dcos»"}\n  ]\n}\nEOF\n',
    "NET=${NETWORK:-«dcos»}\n",
    "./deploy --overlay-network=«dcos» web\n",
    'curl -d "{\\"networkName\\": \\"«dcos»\\"}" "$URL"\n',
    "for network in a; do x; done\nnetwork_name='«dcos»'\n",
    "NETWORK=‹calico›\n",
]

LOOK_ALIKES = [
    "dcos marathon app add app.json\n",
    "if command -v dcos; then x; fi\n",
    "# NETWORK=dcos\n",
    "USER=dcos\n",
    'echo "dcos is up"\n',
    "ssh dcos@host\n",
    "alias d=dcos\n",
    'PLATFORM="dcos"\n',
    'dcos config set core.dcos_url "$URL"\n',
    "which dcos || exit 1\n",
]


@pytest.mark.parametrize("text", PLACES)
def test_places(text: str) -> None:
    check("deploy.sh", text)


@pytest.mark.parametrize("text", LOOK_ALIKES)
def test_look_alikes(text: str) -> None:
    check("deploy.sh", text)
