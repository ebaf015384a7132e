"""A test of one's own as the last gate: a command that is told the item by its environment."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

from calico_core.legible import legible
from calico_migrate.cluster.applying.gates import PASSED, Judgement, Result

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calico_migrate.cluster.planning.document import Item

_SECONDS = 300.0


def probe(command: Sequence[str], item: Item, addresses: Sequence[str]) -> Judgement:
    """Runs the command, without a shell: 0 is passed, 1 failed, everything else inconclusive.

    It finds ``CALICO_MIGRATE_ITEM``, ``_ID``, ``_TEAM`` and ``_ADDRESSES`` (with blanks between) in its
    environment.
    """
    environment = {
        **os.environ,
        "CALICO_MIGRATE_ITEM": item.key,
        "CALICO_MIGRATE_ID": item.id,
        "CALICO_MIGRATE_TEAM": item.team,
        "CALICO_MIGRATE_ADDRESSES": " ".join(addresses),
    }
    try:
        done = subprocess.run(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        return Judgement(Result.INCONCLUSIVE, f"the probe could not be run: {legible(str(error), 200)}")
    if done.returncode == 0:
        return PASSED
    lines = (done.stderr or done.stdout).decode("utf-8", "replace").strip().splitlines()
    said = f": {legible(lines[-1], 200)}" if lines else ""
    result = Result.FAILED if done.returncode == 1 else Result.INCONCLUSIVE
    return Judgement(result, f"the probe ended with {done.returncode}{said}")
