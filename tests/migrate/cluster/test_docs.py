"""The command's page shows what the stand-in really gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.migrate.cluster.playing import comparable, played

if TYPE_CHECKING:
    from pathlib import Path


def test_the_page_shows_what_the_commands_say(root: Path) -> None:
    page = (root / "docs" / "commands" / "cluster.md").read_text(encoding="utf-8")
    assert comparable(page) == comparable(played(page)), (
        "run `python -m tests.migrate.cluster.playing docs/commands/cluster.md`"
    )
