"""What .gitignore names, for ``--gitignore``: the files of each directory on the way, the deepest last."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pathspec import GitIgnoreSpec


class Ignored:
    """Whether git would ignore a path, by the .gitignore files from the tree's root down to it."""

    def __init__(self, roots: Sequence[str]) -> None:
        self._roots = [os.path.abspath(root) for root in roots]
        self._specs: dict[str, GitIgnoreSpec | None] = {}

    def __call__(self, path: str, directory: bool) -> bool:
        """Whether a path is ignored; what is above it was asked before."""
        whole = os.path.abspath(path)
        folder = os.path.dirname(whole)
        root = next((root for root in self._roots if whole.startswith(root.rstrip(os.sep) + os.sep)), folder)
        answer = False
        for above in _folders(root, folder):
            spec = self._spec(above)
            if spec is not None:
                below = os.path.relpath(whole, above).replace(os.sep, "/") + ("/" if directory else "")
                result = spec.check_file(below)
                if result.include is not None:
                    answer = bool(result.include)
        return answer

    def _spec(self, folder: str) -> GitIgnoreSpec | None:
        if folder not in self._specs:
            from pathspec import GitIgnoreSpec

            try:
                with open(os.path.join(folder, ".gitignore"), encoding="utf-8", errors="replace") as file:
                    self._specs[folder] = GitIgnoreSpec.from_lines(file)
            except OSError:
                self._specs[folder] = None
        return self._specs[folder]


def _folders(root: str, folder: str) -> list[str]:
    """The directories from the root to a folder."""
    found = [folder]
    while folder != root and len(folder) > len(root):
        folder = os.path.dirname(folder)
        found.append(folder)
    return found[::-1]
