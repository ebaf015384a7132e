"""Whose a place is: by a label of the app, by CODEOWNERS, by the app's id, by the directory."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

NOBODY = "(nobody)"
PLACES = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS")
"""Where a repository has its owners, in the order in which they are looked for."""

_ESCAPED = re.compile(r"\\(.)")


class _Line(NamedTuple):
    pattern: re.Pattern[str]
    owners: tuple[str, ...]


class CodeOwners:
    """A CODEOWNERS file, whose patterns count from ``top``, the repository's root.

    The last line that matches a path wins, also where it names nobody (GitHub documentation, "About code
    owners"). Patterns are those of .gitignore without exclusions, ranges and escaped
    comment signs.
    """

    def __init__(self, text: str, top: str) -> None:
        self._top = os.path.realpath(top)
        self._lines = [line for line in map(_parse, text.splitlines()) if line is not None]

    def of(self, path: str) -> str | None:
        """The owners of a file, None where no line matches or the last one that does names nobody."""
        below = os.path.relpath(os.path.realpath(path), self._top).replace(os.sep, "/")
        if below.startswith("../"):
            return None
        found = next((line for line in reversed(self._lines) if line.pattern.fullmatch(below)), None)
        return " ".join(found.owners) if found is not None and found.owners else None


def top_of(path: str) -> str:
    """The root of the repository that a CODEOWNERS file is in."""
    folder = os.path.dirname(os.path.abspath(path))
    return os.path.dirname(folder) if os.path.basename(folder) in (".github", "docs", ".gitlab") else folder


def owner(path: str, root: str, identity: str | None, label: str, code_owners: CodeOwners | None) -> str:
    """Whose a place is.

    ``label`` is what the app's label says, empty for none. Without it and without a line of CODEOWNERS it is
    the first part of the id, else the top directory below ``root``, else nobody.
    """
    if label:
        return label
    if code_owners is not None:
        found = code_owners.of(path)
        if found:
            return found
    if identity:
        steps = [step for step in identity.split("/") if step]
        if steps:
            return steps[0]
    below = os.path.relpath(path, root) if path != root else os.path.basename(path)
    first, separator, _ = below.replace(os.sep, "/").partition("/")
    return first if separator else NOBODY


def _parse(line: str) -> _Line | None:
    words = _words(line)
    if not words or words[0].startswith(("#", "[", "^[")):
        return None
    owners = []
    for word in words[1:]:
        if word.startswith("#"):
            break
        owners.append(word)
    return _Line(_pattern(words[0]), tuple(owners))


def _words(line: str) -> list[str]:
    """The words of a line; a blank behind a backslash is part of one."""
    return [_ESCAPED.sub(r"\1", word) for word in re.findall(r"(?:\\.|\S)+", line)]


def _pattern(written: str) -> re.Pattern[str]:
    """A pattern of .gitignore as an expression for whole paths."""
    anchored = "/" in written.rstrip("/")
    body = written.strip("/")
    parts: list[str] = []
    index = 0
    while index < len(body):
        if body.startswith("**/", index):
            parts.append("(?:.*/)?")
            index += 3
        elif body.startswith("/**", index) and index + 3 == len(body):
            parts.append("/.*")
            index += 3
        elif body[index] == "*":
            while index < len(body) and body[index] == "*":
                index += 1
            parts.append("[^/]*")
        elif body[index] == "?":
            parts.append("[^/]")
            index += 1
        else:
            parts.append(re.escape(body[index]))
            index += 1
    front = "" if anchored else "(?:.*/)?"
    # `docs/*` owns the files of a directory and not what is below its own directories.
    only_files = anchored and body.endswith("/*")
    behind = "/.*" if written.endswith("/") else "" if only_files else "(?:/.*)?"
    return re.compile(front + "".join(parts) + behind)


def named(paths: Iterable[str]) -> str | None:
    """The CODEOWNERS file of one of the paths' trees, None for none."""
    for path in paths:
        for place in PLACES:
            candidate = os.path.join(path, place)
            if os.path.isfile(candidate):
                return candidate
    return None
