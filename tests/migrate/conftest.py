"""A generated directory with scripts of one's own, and an `ssh` that runs them on this machine."""

from __future__ import annotations

import json
import os
import stat
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from calico_migrate.network.directory import write_directory
from calico_migrate.network.generation import files_of, promise_of
from calico_migrate.network.settings import GenerationSettings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from calico_migrate.network.promise import Promise

# Logs its command line, then does what `ssh` does: gives the command to a shell, far away. A generated script
# gives way to one of the test.
_SSH = r"""#!/bin/sh
for word in "$@"; do printf '%s\n' "$word"; done >>"$STAND_IN/arguments"
while [ "$1" != "--" ]; do shift; done
HOST=$2
export HOST
printf '%s begin\n' "$HOST" >>"$STAND_IN/order"
if [ -f "$STAND_IN/ssh-$HOST" ]; then . "$STAND_IN/ssh-$HOST"; fi
cat >"$STAND_IN/sent-$HOST"
if [ -f "$STAND_IN/script-$HOST" ] && head -n 1 "$STAND_IN/sent-$HOST" | grep -q '^#!'; then
    cp "$STAND_IN/script-$HOST" "$STAND_IN/sent-$HOST"
fi
sh -c "$3" <"$STAND_IN/sent-$HOST"
status=$?
printf '%s end\n' "$HOST" >>"$STAND_IN/order"
exit $status
"""

# `sudo -n COMMAND`, for whoever runs the tests.
_SUDO = r"""#!/bin/sh
[ "$1" = -n ] || exit 99
shift
exec "$@"
"""


class StandIn(NamedTuple):
    """Where the stand-in for ssh keeps what it saw, and reads how it should behave."""

    path: Path

    def arguments(self) -> list[str]:
        """Every word of every command line so far."""
        return (self.path / "arguments").read_text().splitlines()

    def order(self) -> list[str]:
        """``HOST begin`` and ``HOST end``, in the order in which they happened."""
        path = self.path / "order"
        return path.read_text().splitlines() if path.exists() else []

    def hosts(self) -> list[str]:
        """The hosts that were connected to, in order."""
        return [line.split()[0] for line in self.order() if line.endswith(" begin")]

    def behave(self, host: str, shell: str) -> None:
        """Makes the connection to a host run a piece of shell first."""
        (self.path / f"ssh-{host}").write_text(shell)


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> StandIn:
    """Puts the stand-ins for ssh and sudo first on the path."""
    programs = tmp_path / "programs"
    programs.mkdir(exist_ok=True)
    for name, text in (("ssh", _SSH), ("sudo", _SUDO)):
        program = programs / name
        program.write_text(text)
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
    monkeypatch.setenv("STAND_IN", str(programs))
    return StandIn(programs)


RIGHT = "printf 'calico-migrate: web %s result=present code=0\\n' \"$HOST\"\n"


def promise_for(names: list[str], **changes: Any) -> Promise:
    """A promise of the network `web` for some agents; the first one creates."""
    return promise_of(GenerationSettings("web", "10.1.0.0/16", agents=names)._replace(**changes))


@pytest.fixture
def generated(tmp_path: Path) -> Callable[..., Path]:
    """Makes a generated directory: agents' names, and what runs for those whose script is not just right."""

    def make(names: list[str], scripts: Mapping[str, str] | None = None, **changes: Any) -> Path:
        directory, programs = tmp_path / "web", tmp_path / "programs"
        write_directory(str(directory), files_of(promise_for(names, **changes)), force=True)
        programs.mkdir(exist_ok=True)
        for name in names:
            (programs / f"script-{name}").write_text((scripts or {}).get(name, RIGHT))
        return directory

    return make


NETWORK_ID = "023d" * 16


def inspection(**changes: Any) -> str:
    """What `docker network inspect` prints where the network `web` is right but for some changes."""
    network = {
        "Name": "web",
        "Id": NETWORK_ID,
        "Scope": "global",
        "Driver": "calico",
        "IPAM": {"Driver": "calico-ipam", "Config": [{"Subnet": "10.1.0.0/16"}]},
        "Options": {"org.projectcalico.profile": "web"},
    }
    host = {"Name": "host", "Id": "aa", "Driver": "host", "Scope": "local"}
    return json.dumps([host, network | changes])


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    """What was collected of the agents 10.0.0.5 and 10.0.0.6, which have the network `web`."""
    folder = tmp_path / "collected"
    folder.mkdir()
    for name in ("10.0.0.5", "10.0.0.6"):
        (folder / f"{name}.json").write_text(inspection())
    return folder
