"""Which names count in a file of the kind container-file."""

from __future__ import annotations

import pytest

from tests.migrate.survey.marked import check

PLACES = [
    "FROM debian\nENV VIRTUAL_NETWORK «dcos»\n",
    "ENV NETWORK=«dcos»\n",
    'ENV A=b NETWORK_NAME="«dcos»"\n',
    "ARG network=«dcos»\n",
    "RUN docker run --network «dcos» x\n",
    'CMD ["run", "--network=«dcos»"]\n',
    "ENTRYPOINT exec run --net «dcos»\n",
    'RUN echo \'{"networks": [{"name": "«dcos»"}]}\' > app.json\n',
    'LABEL network="«dcos»"\n',
    "ENV OVERLAY ‹calico›\n",
]

LOOK_ALIKES = [
    "FROM dcos\n",
    "FROM registry.example.com/dcos/base\n",
    "# ENV NETWORK dcos\n",
    "ENV USER dcos\n",
    "RUN useradd dcos\n",
    "RUN dcos package install kafka\n",
    'LABEL vendor="dcos"\n',
    "COPY dcos /usr/bin/dcos\n",
    "ENV PLATFORM=dcos\n",
]


@pytest.mark.parametrize("text", PLACES)
def test_places(text: str) -> None:
    check("Dockerfile", text)


@pytest.mark.parametrize("text", LOOK_ALIKES)
def test_look_alikes(text: str) -> None:
    check("Dockerfile", text)
