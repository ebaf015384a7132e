"""What stands around a name in a text that no parser reads: its key, and the keys of what encloses it.

Templates, shell scripts, Terraform, Markdown and broken JSON have this in common: a name is a network's by
the key, variable or option in front of it, or by the block, object or list that it stands in. Brackets are
followed backwards, and indentation where there are none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from calico_migrate.survey.names import has_network_word

if TYPE_CHECKING:
    from calico_migrate.survey.around.surroundings import Surroundings

# How far back an enclosing bracket or line is looked for.
_FAR = 6000
_DEEPEST = 4
# How many enclosing brackets are asked for a key, and how much in front of each.
_MOST = 12
_OPENER_FAR = 200

# A key, variable or option with what binds it to its value, at the end of what stands before the value.
_KEY = re.compile(
    r"""(?:\\?["'])?([A-Za-z_@$][\w.\-]*|--?[A-Za-z][\w\-]*)(?:\\?["'])?\s*(?:=>|[:=?+]{1,2}=?)\s*$"""
)
# What binds them ends with one of these, of which an empty text is none.
_BINDERS = frozenset(">:=?+")
_OPTION = re.compile(r"(?<!\S)(--?[A-Za-z][\w\-]*)[ \t]+$")
# What opens an object or list: `"networks": [`, `networks {`, `network "a" {`, `networks = [`,
# `jsonencode({`.
_OPENER = re.compile(
    r"""(?:\\?["'])?([A-Za-z_][\w.\-]*)(?:\\?["'])?((?:[ \t]+"[^"\n]*")*)\s*(?:=>|[:=(])?\s*$"""
)
_LINE_KEY = re.compile(
    r"""^([ \t]*)((?:-[ \t]+)*)["']?([A-Za-z_][\w.\-]*)["']?[ \t]*:[ \t]*(?:[|>&#!].*)?$"""
)
_TAG = re.compile(r"\{\{|\{%|<%")
_INDENT = re.compile(r"[ \t]*")
_NAME_KEYS = frozenset({"name", "names", "default", "value", "id"})
_DOCKER = re.compile(r"""["']?(?:key|name)\\?["']?\s*(?:=>|[:=])\s*\\?["']?(?:net|network)\b""")


class Context(NamedTuple):
    """What stands around a name: its ``key`` (None for none) and the keys ``around`` it, innermost first.

    ``quoted`` says whether it stands in quotes, ``is_key`` whether it is itself a key, ``is_parameter``
    whether it is the value of Docker's network parameter.
    """

    key: str | None
    around: tuple[str, ...]
    quoted: bool
    is_key: bool
    is_parameter: bool

    @property
    def is_network(self) -> bool:
        """Whether the name is a network's, by what stands around it."""
        if self.is_parameter:
            return True
        if self.is_key:
            return bool(self.around) and has_network_word(self.around[0])
        if self.key is None:
            return bool(self.around) and has_network_word(self.around[0])
        if has_network_word(self.key):
            return True
        return self.key.lower() in _NAME_KEYS and any(has_network_word(key) for key in self.around[:1])


def context(surroundings: Surroundings, start: int, end: int) -> Context:
    """What stands around the name at ``start`` to ``end``."""
    text = surroundings.text
    quote_start, quote_end = _quotes(text, start, end)
    before = surroundings.before(quote_start)
    found = _key_in_front(before)
    key = found[1].lstrip("-@$") if found else None
    is_key = re.match(r"[ \t]*(?::(?![:=\-])|=>)", text[quote_end : quote_end + 8]) is not None
    bound = quote_start - len(before) + found.start() if found else quote_start
    around = _brackets(surroundings, bound) or _indented(text, surroundings.line_start(quote_start))
    is_parameter = key in ("value", "Value") and _is_parameter(text, quote_start, quote_end)
    return Context(key, tuple(around), quote_end > end, is_key, is_parameter)


def default_of_placeholder(surroundings: Surroundings, start: int) -> bool:
    """Whether the name is what a placeholder falls back to: ``${NETWORK:-dcos}``, ``default('dcos')``."""
    before = surroundings.before(start)
    if "{" not in before and "<%" not in before:
        return False
    shell = re.search(r"\$\{(\w+)(?::?[-=])[\"']?$", before)
    if shell:
        return has_network_word(shell[1])
    closed = max(before.rfind(tag) for tag in ("}}", "%}", "%>"))
    opened = _TAG.search(before, max(closed - 1, 0))
    return opened is not None and has_network_word(before[opened.start() :])


def _key_in_front(before: str) -> re.Match[str] | None:
    """The key, variable or option at the end of what stands before a value; in prose there is mostly none."""
    if before.rstrip()[-1:] in _BINDERS:
        return _KEY.search(before)
    return _OPTION.search(before) if "-" in before else None


def _quotes(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the name begins and ends with its quotes, which may be escaped."""
    for quote in ('\\"', "\\'", '"', "'", "`"):
        if text.startswith(quote, start - len(quote)) and text.startswith(quote, end) and start >= len(quote):
            return start - len(quote), end + len(quote)
    return start, end


def _brackets(surroundings: Surroundings, place: int) -> list[str]:
    """The keys of the objects and lists around a place, innermost first."""
    text = surroundings.text
    keys: list[str] = []
    depth = asked = 0
    lowest = max(0, place - _FAR)
    for found in reversed(list(re.finditer(r"[\[\]{}]", text[lowest:place]))):
        letter = found[0]
        if letter in "]}":
            depth += 1
        elif depth:
            depth -= 1
        else:
            at = lowest + found.start()
            # A placeholder's braces enclose nothing.
            if text.startswith(("{{", "${", "#{", "{%"), at - 1) or text.startswith(("{{", "{%"), at):
                continue
            asked += 1
            opener = _OPENER.search(surroundings.before(at, _OPENER_FAR))
            if opener:
                # What a variable is called stands behind the word for it.
                keys.append(opener[2].strip() if opener[1] == "variable" else opener[1])
            if len(keys) == _DEEPEST or asked == _MOST:
                break
    return keys


def _indented(text: str, line_start: int) -> list[str]:
    """The keys of the lines that a line belongs to by its indentation."""
    line = _INDENT.match(text, line_start)
    indent, item = (line.end() - line_start, text.startswith("-", line.end())) if line else (0, False)
    keys: list[str] = []
    lowest = max(0, line_start - _FAR)
    for above in reversed(text[lowest : max(line_start - 1, 0)].split("\n")):
        stripped = above.strip()
        if not stripped or stripped.startswith("#"):
            continue
        depth = len(above) - len(above.lstrip(" \t"))
        own_item = stripped.startswith("-")
        if depth < indent or (depth == indent and item and not own_item):
            found = _LINE_KEY.match(above.rstrip("\r"))
            if found:
                keys.append(found[3])
                if len(keys) == _DEEPEST:
                    break
            indent, item = depth, own_item
        if indent == 0 and not item:
            break
    return keys


def _is_parameter(text: str, start: int, end: int) -> bool:
    """Whether a value has the key of Docker's network parameter beside it, in the same object."""
    opening = text.rfind("{", max(0, start - 200), start)
    closing = text.find("}", end, end + 200)
    if opening < 0:
        opening = max(0, start - 120)
    return _DOCKER.search(text[opening : closing if closing >= 0 else end + 120]) is not None
