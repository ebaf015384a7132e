"""Labs of real parts, and networks to make in them."""

from __future__ import annotations

import itertools
import os
from typing import TYPE_CHECKING

import pytest

from calico_migrate.network.generation import generate
from calico_migrate.network.settings import GenerationSettings
from tests.real.lab import Lab, obstacle

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from tests.real.lab import Agent

HERE = os.path.dirname(__file__)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if str(item.path).startswith(HERE):
            item.add_marker(pytest.mark.real)
            # One at a time, where several workers run the tests.
            item.add_marker(pytest.mark.xdist_group("real"))


@pytest.fixture(scope="session")
def real_parts() -> None:
    """The machine has what the labs need: else a skip, and a failure in CI."""
    reason = obstacle()
    if reason is not None:
        if os.environ.get("CI") == "true":
            pytest.fail(f"real parts are missing in CI: {reason}")
        pytest.skip(f"no real parts: {reason}")


def _running(directory: Any, count: int) -> Iterator[Lab]:
    lab = Lab(directory, count)
    try:
        lab.start()
        yield lab
    finally:
        lab.stop()


@pytest.fixture(scope="session")
def pair(real_parts: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """Two agents with one cluster store."""
    yield from _running(tmp_path_factory.mktemp("pair") / "lab", 2)


@pytest.fixture(scope="session")
def fleet(real_parts: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """Twenty agents with one cluster store."""
    yield from _running(tmp_path_factory.mktemp("fleet") / "lab", 20)


@pytest.fixture
def breakable(real_parts: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """Two agents of its own for a test that breaks them."""
    yield from _running(tmp_path_factory.mktemp("breakable") / "lab", 2)


_numbers = itertools.count(1)


class Network:
    """A network of its own for one test: its generated files, and the lab it goes into."""

    def __init__(self, lab: Lab, **settings: Any) -> None:
        number = next(_numbers)
        self.lab = lab
        settings.setdefault("name", f"net-{number}")
        settings.setdefault("cidr", f"10.{100 + number}.0.0/16")
        settings.setdefault("agents", tuple(agent.address for agent in lab.agents))
        self.settings = GenerationSettings(**settings)
        self.name = self.settings.name
        self.files = {path: file.content for path, file in generate(self.settings).items()}

    @property
    def script(self) -> bytes:
        """The script for any agent."""
        return self.files["create-network.sh"]

    def script_of(self, agent: Agent) -> bytes:
        """The script for one agent."""
        return self.files[f"agents/{agent.address}/create-network.sh"]

    def docker_create(self, agent: Agent) -> list[str]:
        """The command that the documentation gives for every agent."""
        return [
            *("docker", "network", "create", "--driver", "calico", "--ipam-driver", "calico-ipam"),
            *("--opt", f"org.projectcalico.profile={self.name}", f"--subnet={self.settings.cidr}", self.name),
        ]


@pytest.fixture
def network(request: pytest.FixtureRequest) -> Iterator[Any]:
    """Makes networks for a lab, and removes every trace of them afterwards."""
    made: list[Network] = []

    def make(lab: Lab, **settings: Any) -> Network:
        made.append(Network(lab, **settings))
        return made[-1]

    yield make
    for one in made:
        if one.lab.agents[0].pid and one.lab.alive:
            one.lab.clear(one.name)
