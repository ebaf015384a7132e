"""Whether Go's ``regexp`` package takes a text as a regular expression.

It knows neither look-around nor back references, and refuses repetitions above 1000. Source: Go
``regexp/syntax/parse.go`` and its documented grammar.
"""

from __future__ import annotations

import re

_MOST_REPEATS = 1000
_MOST_DEPTH = 1000

_REPEAT = re.compile(r"\{([0-9]+)(?:(,)([0-9]*))?\}")
_GROUP_NAME = re.compile(r"P<([A-Za-z0-9_]+)>")
_FLAGS = re.compile(r"[imsU]*(?:-[imsU]+)?(:|\))")
_CLASS_NAMES = frozenset(
    re.findall(r"\w+", "alnum alpha ascii blank cntrl digit graph lower print punct space upper word xdigit")
)
_SIMPLE_ESCAPES = frozenset("aftnrvdDsSwWbBAz")
_CLASS_ESCAPES = frozenset("aftnrvdDsSwW")
_CONTROL = {"a": 7, "f": 12, "t": 9, "n": 10, "r": 13, "v": 11}


class _RefusedError(Exception):
    """Go would refuse the expression."""


def problem(text: str) -> str:
    """Why Go refuses a regular expression, or an empty string."""
    try:
        _Parser(text).parse()
    except _RefusedError as refused:
        return str(refused)
    return ""


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def parse(self) -> None:
        depth = 0
        repeatable = False
        # What a repetition may follow; `a**` is refused, `a*?` is not greedy.
        repeated = False
        names: set[str] = set()
        text = self.text
        while self.at < len(text):
            character = text[self.at]
            if character == "(":
                if self._open(names):
                    depth += 1
                    repeatable = False
                    if depth > _MOST_DEPTH:
                        raise _RefusedError("it is nested too deeply")
                # Flags alone leave what stands before them to be repeated.
                repeated = False
                continue
            if character == ")":
                if not depth:
                    raise _RefusedError("a ) has no (")
                depth -= 1
                self.at += 1
                repeatable, repeated = True, False
            elif character == "|":
                self.at += 1
                repeatable, repeated = False, False
            elif character in "*+?" or (character == "{" and _REPEAT.match(text, self.at)):
                self._repetition(repeatable=repeatable, repeated=repeated)
                repeated = True
            elif character == "[":
                self._class()
                repeatable, repeated = True, False
            elif character == "\\":
                self._escape()
                repeatable, repeated = True, False
            else:
                self.at += 1
                repeatable, repeated = True, False
        if depth:
            raise _RefusedError("a ( has no )")

    def _open(self, names: set[str]) -> bool:
        """Passes what begins with a parenthesis; whether a group is open now, or there were flags alone."""
        text = self.text
        if not text.startswith("(?", self.at):
            self.at += 1
            return True
        name = _GROUP_NAME.match(text, self.at + 2)
        if name:
            if name[1] in names:
                raise _RefusedError(f"the group '{name[1]}' is there twice")
            names.add(name[1])
            self.at = name.end()
            return True
        if text.startswith(":", self.at + 2):
            self.at += 3
            return True
        flags = _FLAGS.match(text, self.at + 2)
        if not flags:
            raise _RefusedError(f"'{text[self.at : self.at + 4]}' begins no group")
        self.at = flags.end()
        return flags[1] == ":"

    def _repetition(self, *, repeatable: bool, repeated: bool) -> None:
        text = self.text
        match = _REPEAT.match(text, self.at)
        operator = match[0] if match else text[self.at]
        if not repeatable:
            raise _RefusedError(f"nothing is there that '{operator}' could repeat")
        if repeated:
            raise _RefusedError(f"'{operator}' repeats a repetition")
        if match:
            least = int(match[1]) if len(match[1]) < 5 else _MOST_REPEATS + 1
            most = least
            if match[2]:
                most = (int(match[3]) if len(match[3]) < 5 else _MOST_REPEATS + 1) if match[3] else least
            if least > _MOST_REPEATS or most > _MOST_REPEATS or most < least:
                raise _RefusedError(f"'{operator}' is no count of repetitions")
        self.at += len(operator)
        if text.startswith("?", self.at):
            self.at += 1

    def _class(self) -> None:
        text = self.text
        self.at += 1
        if text.startswith("^", self.at):
            self.at += 1
        first = True
        while first or not text.startswith("]", self.at):
            if self.at >= len(text):
                raise _RefusedError("a [ has no ]")
            first = False
            if text.startswith("[:", self.at):
                end = text.find(":]", self.at + 2)
                if end >= 0:
                    if text[self.at + 2 : end].removeprefix("^") not in _CLASS_NAMES:
                        raise _RefusedError(f"'{text[self.at : end + 2]}' is no class of characters")
                    self.at = end + 2
                    continue
            low = self._class_character()
            if low is None:
                continue
            if text.startswith("-", self.at) and not text.startswith("-]", self.at):
                self.at += 1
                high = self._class_character()
                if high is None or high < low:
                    raise _RefusedError("a range inside [ ] ends before it begins")
        self.at += 1

    def _class_character(self) -> int | None:
        """The number of the next character inside brackets, None for a whole set of them."""
        if self.at >= len(self.text):
            raise _RefusedError("a [ has no ]")
        character = self.text[self.at]
        if character != "\\":
            self.at += 1
            return ord(character)
        return self._escape(in_class=True)

    def _escape(self, *, in_class: bool = False) -> int | None:
        text = self.text
        self.at += 1
        if self.at >= len(text):
            raise _RefusedError("it ends with a \\")
        character = text[self.at]
        self.at += 1
        if character in "pP":
            self._property()
            return None
        if character == "x":
            return self._hexadecimal()
        if character == "Q" and not in_class:
            end = text.find("\\E", self.at)
            self.at = len(text) if end < 0 else end + 2
            return None
        if character == "C" and not in_class:
            return None
        if character in "01234567":
            return self._octal(character)
        if character in (_CLASS_ESCAPES if in_class else _SIMPLE_ESCAPES):
            return _CONTROL.get(character)
        if ord(character) < 0x80 and not character.isalnum():
            return ord(character)
        raise _RefusedError(f"'\\{character}' has no meaning")

    def _octal(self, first: str) -> int:
        match = re.compile(r"[0-7]{0,2}").match(self.text, self.at)
        digits = match[0] if match else ""
        if first != "0" and not digits:
            raise _RefusedError(f"'\\{first}' would be a back reference")
        self.at += len(digits)
        return int(first + digits, 8)

    def _hexadecimal(self) -> int:
        match = re.compile(r"\{([0-9a-fA-F]{1,8})\}|([0-9a-fA-F]{2})").match(self.text, self.at)
        if match is None or int(match[1] or match[2], 16) > 0x10FFFF:
            raise _RefusedError("'\\x' needs two hexadecimal digits, or some in braces")
        self.at = match.end()
        return int(match[1] or match[2], 16)

    def _property(self) -> None:
        match = re.compile(r"\{\^?([A-Za-z_]+)\}|[CLMNPSZ]").match(self.text, self.at)
        if match is None:
            raise _RefusedError("'\\p' needs the name of a class of characters")
        self.at = match.end()
