"""A generated directory as it came, perhaps from somebody else: what can be made anew is not believed.

The promise in ``network.json`` must pass the rules of ``network generate``, and every script must be, byte
for byte, what this version makes of it. What is sent to an agent is what was made here.
"""

from __future__ import annotations

import os
import shlex
from typing import TYPE_CHECKING, NamedTuple

from calico_core import sources
from calico_core.errors import InputError, OutputError
from calico_core.findings import Severity
from calico_core.writing import own_place
from calico_migrate.network.generation import check, files_of, promise_of
from calico_migrate.network.promise import PROMISE_NAME, Promise
from calico_migrate.network.settings import GenerationSettings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from calico_migrate.network.generation import GeneratedFile
    from calico_migrate.network.promise import Agent

# What runs as root; the README, the inventory and the like are a human's to change.
_SCRIPT = ".sh"
_LARGEST = 10_000_000


class Directory(NamedTuple):
    """A generated directory: its path, its promise, the promise's text, and the scripts, made anew."""

    path: str
    promise: Promise
    text: str
    scripts: Mapping[str, GeneratedFile]

    @property
    def creator(self) -> Agent:
        """The agent that creates the network."""
        return next(agent for agent in self.promise.agents if agent.name == self.promise.create_on)

    def script(self, agent: Agent) -> bytes:
        """An agent's own script."""
        return self.scripts[self.promise.script_of(agent)].content


def load(path: str, *, complete: bool) -> Directory:
    """Reads and checks a directory; ``complete`` says that there must be agents, each with its script.

    Raises InputError where it is none that ``network generate`` makes, with the command that renews it.
    """
    promise_path = os.path.join(path, PROMISE_NAME)
    text = _read(promise_path, path)
    promise = Promise.from_json(text, path=promise_path)
    _check_promise(promise, promise_path)
    if complete and not promise.agents:
        raise InputError("there is no agent; generate the directory again with --agents", path=promise_path)
    made = {name: file for name, file in files_of(promise).items() if name.endswith(_SCRIPT)}
    for name, file in made.items():
        place = os.path.join(path, *name.split("/"))
        if not os.path.lexists(place):
            if complete and name.startswith("agents/"):
                raise InputError(f"this script is missing; {_renewal(path, promise)}", path=place)
            continue
        if _read(place, path).encode("utf-8") != file.content:
            raise InputError(
                "this is not what this version of calico-migrate makes of network.json: it was changed, or an"
                f" older version made it; {_renewal(path, promise)}",
                path=place,
            )
    return Directory(path, promise, text, made)


def _read(place: str, directory: str) -> str:
    """The text of a file of the directory; links, which may lead out of it, are refused."""
    try:
        own_place(place, directory)
    except OutputError as error:
        raise InputError(error.message, path=error.path) from error
    return sources.read(place, limit=_LARGEST).text


def _check_promise(promise: Promise, path: str) -> None:
    """Raises InputError where ``network generate`` would not make such a promise."""
    settings = settings_of(promise)
    refused = [finding for finding in check(settings) if finding.severity is Severity.ERROR]
    if refused:
        raise InputError(
            f"network generate would not promise this: {refused[0].message}; generate the directory again",
            path=path,
        )
    if promise_of(settings) != promise:
        raise InputError(
            "what it promises does not hold together (was it changed by hand?); generate the directory again",
            path=path,
        )


def settings_of(promise: Promise) -> GenerationSettings:
    """The settings that a promise was made from, as far as it tells them."""
    return GenerationSettings(
        name=promise.network,
        cidr=promise.cidr,
        profile=promise.profile,
        mode=None if promise.mode_assumed else promise.mode,
        block_size=promise.block_size,
        isolated=promise.isolated,
        shared_pool=promise.shared_pool,
        agents=tuple(agent.name for agent in promise.agents),
        create_on=promise.create_on,
    )


def _renewal(path: str, promise: Promise) -> str:
    """The command that makes the directory again from its own promise."""
    words = ["calico-migrate", "network", "generate", promise.network, "--cidr", promise.cidr]
    words += ["--profile", promise.profile]
    words += [] if promise.mode_assumed else ["--mode", promise.mode]
    words += ["--block-size", str(promise.block_size)]
    words += ["--isolated"] if promise.isolated else []
    words += ["--shared-pool"] if promise.shared_pool else []
    if promise.agents:
        words += ["--agents", os.path.join(path, "inventory.yml"), "--create-on", promise.create_on]
    words += ["--force", "--output-dir", path]
    return f"`{shlex.join(words)}` makes it anew"
