"""Why a person has to move what a command would move elsewhere, and how: copies, other encodings."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from calico_core.shell import joined
from calico_migrate.survey.copies import original_of

if TYPE_CHECKING:
    from collections.abc import Mapping


class Reason(NamedTuple):
    """Why no command is to move a place, and what a person should ``do``."""

    why: str
    do: str


def reason(
    path: str, text: str, encoding: str, command: str, known: Mapping[str, str | None]
) -> Reason | None:
    """Why what ``command`` would move is moved by hand, None where it isn't.

    ``known`` has the paths of the survey's files, each with its text where something was found in it.
    """
    original = original_of(path)
    if original is not None:
        do = "take it away" + (f", or move it too: `{command}`" if encoding == "utf-8" else "")
        return Reason(_of_what(text, original, known), do)
    if encoding == "utf-8":
        return None
    if encoding == "latin-1":
        # Its bytes do not say in which of the many encodings it is.
        return Reason(
            "the file is not in UTF-8, as each command expects", f"make it UTF-8, then run `{command}`"
        )
    name = encoding.upper()
    convert = joined(["iconv", "-f", name, "-t", "UTF-8", "--", path])
    return Reason(
        f"the file is in {name}, and each command expects UTF-8",
        f"make it UTF-8 (`{convert}`), then run `{command}`",
    )


def _of_what(text: str, original: str, known: Mapping[str, str | None]) -> str:
    if original not in known:
        return f"by its name the file is a copy of {original}, which this survey has not met"
    if known[original] == text:
        return f"the file is a copy of {original}, letter for letter"
    return f"by its name the file is a copy of {original}, which has other content"
