"""``python -m calico_migrate.documentation DIRECTORY`` writes what is generated.

The pages go below a directory (``docs``), the tables beside the rules that they are made from.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

from calico_migrate.documentation import help as help_pages
from calico_migrate.documentation.pages import pages
from calico_migrate.documentation.tables import tables


def write(directory: str) -> None:
    """Writes all pages below a directory, and all tables; takes out the pages of rules that are no more."""
    for name, text in tables().items():
        Path(str(import_module(name).__file__)).write_text(text, encoding="utf-8")
    top, current = Path(directory), {**pages(), help_pages.NAME: help_pages.page()}
    for page in sorted(top.glob("rules/*.md")):
        if page.relative_to(top).as_posix() not in current:
            page.unlink()
    for name, text in current.items():
        path = top / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write(*sys.argv[1:])
