"""Blots out the secrets of texts and of JSON values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from calico_core.secrets.names import BLOT, HINT, is_plain, is_secret_name
from calico_core.secrets.places import paired, values_in_lines
from calico_core.secrets.shapes import BASE64, recognised

if TYPE_CHECKING:
    from collections.abc import Collection


def blotted(text: str, keep: Collection[str] = ()) -> str:
    """A text of any kind (a line, an excerpt, a diff, an answer) without its secrets.

    ``keep`` are values that are known to be none, such as the names of networks.
    """
    parts: list[str] = []
    done = 0
    for start, end in secret_spans(text, keep):
        parts += (text[done:start], BLOT)
        done = end
    parts.append(text[done:])
    return "".join(parts)


def secret_spans(text: str, keep: Collection[str] = ()) -> list[tuple[int, int]]:
    """Where the secrets stand that `blotted` replaces by `BLOT`, one behind the other."""
    if not _may_hold_any(text):
        return []
    found: list[tuple[int, int]] = []
    done = 0
    for start, end in sorted([*paired(text), *values_in_lines(text), *recognised(text)]):
        start = max(start, done)
        if start >= end:
            continue
        part = text[start:end]
        if part not in keep and not is_plain(part):
            found.append((start, end))
        done = end
    return found


def blotted_diff(diff: str, text: str, keep: Collection[str] = ()) -> str:
    """A unified diff of ``text`` without secrets, those among them that only the lines around a hunk tell."""
    hidden = {
        line: shown
        for line, shown in zip(text.split("\n"), blotted(text, keep).split("\n"), strict=True)
        if line != shown
    }
    lines = [line[:1] + hidden.get(line[1:], line[1:]) for line in diff.split("\n")]
    return blotted("\n".join(lines), keep)


def blotted_value(value: Any, name: str = "", keep: Collection[str] = ()) -> Any:
    """A JSON value of the key ``name`` without its secrets: below a secret name every text and, elsewhere,
    what `blotted` finds in each text and below each key. Nothing of ``value`` is changed.
    """
    return _blotted_value(value, is_secret_name(name), keep)


def _blotted_value(value: Any, secret: bool, keep: Collection[str]) -> Any:
    if isinstance(value, str):
        if not secret:
            return blotted(value, keep)
        return value if value in keep or is_plain(value) else BLOT
    if isinstance(value, dict):
        named = _name_of_pair(value)
        return {
            key: _blotted_value(
                item,
                secret or is_secret_name(str(key)) or (named and key in ("value", "default")),
                keep,
            )
            for key, item in value.items()
        }
    if isinstance(value, (list, tuple)):
        return [_blotted_value(item, secret, keep) for item in value]
    return value


def _name_of_pair(value: dict[Any, Any]) -> bool:
    """Whether an object is a pair of a secret name and its value."""
    name = value.get("name", value.get("key"))
    return isinstance(name, str) and is_secret_name(name)


def _may_hold_any(text: str) -> bool:
    return (
        HINT.search(text) is not None
        or "@" in text
        or "eyJ" in text
        or "-----BEGIN" in text
        or BASE64.search(text) is not None
    )
