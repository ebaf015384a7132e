"""The script that collects from one node what no bundle has; what it makes is read like a bundle."""

from __future__ import annotations

from importlib.resources import files


def script() -> str:
    """The script: POSIX shell, for root, read-only; it writes a ``tar.gz`` to standard output."""
    return files(__package__).joinpath("collect.sh").read_text(encoding="utf-8")
