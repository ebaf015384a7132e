"""``cluster verify``: the gates again, for what is done."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from calico_core.exits import ExitCode
from calico_core.legible import escaped, legible
from calico_core.words import counted
from calico_migrate.cli import terminal
from calico_migrate.cli.cluster.options import RunFormat
from calico_migrate.cli.cluster.running import load, require_same_cluster
from calico_migrate.cluster.applying import fold, journal
from calico_migrate.cluster.applying.gates import Result
from calico_migrate.cluster.applying.selection import selected
from calico_migrate.cluster.applying.states import State
from calico_migrate.cluster.applying.verifying import verify

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calico_migrate.cli.cluster.options import Connecting


def verify_done(
    path: str, connecting: Connecting, items: Sequence[str], waves: Sequence[str], format_: RunFormat
) -> ExitCode:
    """Looks at what is done and shows each gate that is not passed; answers the exit code."""
    plan = load(path).plan
    chosen = selected(plan, items, waves)
    records = fold.fold(journal.read(journal.path_of(path)).events)
    done = [key for key in chosen if key in records and records[key].state is State.VERIFIED]
    reader = connecting.reader(connecting.access())
    require_same_cluster(plan, reader)
    worst = ExitCode.DONE
    failing = set()
    for found in verify(plan, reader, done):
        judged = found.judgement
        if format_ is RunFormat.JSON:
            event = {"event": "gate", "item": found.item, "gate": found.gate}
            terminal.write(json.dumps({**event, "result": str(judged.result), "why": judged.why}) + "\n")
        elif not judged.passed:
            terminal.write(
                f"{escaped(found.item)}: {found.gate} {judged.result}: {legible(judged.why, 300)}\n"
            )
        if not judged.passed:
            failing.add(found.item)
            failed = judged.result is Result.FAILED
            worst = ExitCode.LIVE if failed or worst is ExitCode.LIVE else ExitCode.FOUND
    if format_ is RunFormat.TEXT:
        terminal.write(
            f"{counted(len(done), 'item')} done, {len(done) - len(failing)} well,"
            f" {len(chosen) - len(done)} not done yet\n"
        )
    return worst
