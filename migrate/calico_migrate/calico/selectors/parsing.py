r"""Calico's selector language, as Calico 3.14 reads it.

``parse`` turns a text into a `Selector` that answers ``matches(labels)``. The grammar is that of
projectcalico/libcalico-go dda4a7964ffa, ``lib/selector/tokenizer`` and ``lib/selector/parser``:

* blanks between tokens are spaces and tabs only; a newline is taken only where upstream's tokenizer uses
  ``\s``: inside ``has( )`` and ``all( )``, and within ``starts with``, ``ends with`` and ``not in``;
* ``&&`` binds more than ``||``, ``!`` binds to the one operation that follows it;
* a string has no escapes and ends at the next quote of its own kind;
* a label is 1 to 512 of ``[a-zA-Z0-9_./-]``; keywords may be labels;
* ``!=`` and ``not in`` match where the label is absent, every other comparison needs it.

Neither the parser nor the evaluator recurses, so that nesting has no limit but memory. A selector is
compiled to a list of tests on labels, each with the place to go on at when it holds and when it does not:
negations and parentheses cost nothing when labels are matched.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from calico_migrate.calico.selectors.selector import MATCHED, UNMATCHED, LabelTest, Selector, Step
from calico_migrate.calico.selectors.tokens import SelectorError, Token, named, tokens_of


class _Fragment(NamedTuple):
    """A compiled part: its first step, and the open ends to fill in, as (step, whether on a match)."""

    start: int
    matched: list[tuple[int, bool]]
    unmatched: list[tuple[int, bool]]


def parse(text: str, *, label_prefix: str = "") -> Selector:
    """The selector that ``text`` stands for; a blank text selects everything.

    ``label_prefix`` is put before every label's name, as Calico does with namespace and service account
    selectors (``pcns.``, ``pcsa.``). Raises SelectorError (a ValueError that knows the column) where Calico
    3.14 would refuse the text.
    """
    if not text.strip(" \t"):
        return Selector("all()", (), [], MATCHED)
    return _parse(text, label_prefix)


# A selector is read when it is validated, and again when its policy is compiled.
@lru_cache(maxsize=8192)
def _parse(text: str, label_prefix: str) -> Selector:
    return _Parser(text, label_prefix).selector()


class _Level:
    """One open level of parentheses: the chain of ``||`` and, within it, the current chain of ``&&``."""

    __slots__ = ("and_count", "and_slot", "conjunction", "disjunction", "negated", "or_count", "or_slot")

    def __init__(self, or_slot: int) -> None:
        self.or_slot = or_slot
        self.or_count = 0
        self.disjunction: _Fragment | None = None
        self.and_slot = or_slot + 1
        self.and_count = 0
        self.conjunction: _Fragment | None = None
        # Whether an odd number of ! stands before the operation that comes next.
        self.negated = False


class _Parser:
    """Reads the tokens once, from left to right, with a stack of its own.

    The canonical text is collected in ``parts``: the places for the parentheses of chains are kept free
    at their beginning, and filled in when a chain proves to have two operands.
    """

    def __init__(self, text: str, label_prefix: str) -> None:
        self.text = text
        self.label_prefix = label_prefix
        self.tokens = tokens_of(text)
        self.parts: list[str] = []
        self.tests: list[LabelTest] = []
        self.tested: list[tuple[str, str, str, frozenset[str]]] = []
        self.follow: list[list[int]] = []

    def selector(self) -> Selector:
        levels = [self._open()]
        while True:
            token = next(self.tokens)
            if token.kind == "!":
                levels[-1].negated = not levels[-1].negated
                continue
            if token.kind == "(":
                self._negation(levels[-1])
                levels.append(self._open())
                continue
            operation = self._operation(token, levels[-1])
            self._join_and(levels[-1], operation)
            while True:
                token = next(self.tokens)
                if token.kind != ")" or len(levels) == 1:
                    break
                inner = self._close(levels.pop())
                self._join_and(levels[-1], inner)
            if token.kind == "end":
                break
            self._continue(token, levels)
        if len(levels) > 1:
            raise self._error(") is missing at the end", token)
        return self._finish(self._close(levels[0]))

    def _error(self, message: str, token: Token) -> SelectorError:
        return SelectorError(message, self.text, token.column)

    def _open(self) -> _Level:
        level = _Level(len(self.parts))
        self.parts += ("", "")
        return level

    def _negation(self, level: _Level) -> None:
        if level.negated:
            self.parts.append("!")

    def _continue(self, token: Token, levels: list[_Level]) -> None:
        """Takes the && or || that goes on with a chain."""
        level = levels[-1]
        if token.kind == "&&":
            self.parts.append(" && ")
        elif token.kind == "||":
            self._end_and(level)
            self.parts += (" || ", "")
            level.and_slot = len(self.parts) - 1
        elif token.kind == ")":
            raise self._error("this ) closes nothing", token)
        else:
            raise self._error(f"expected && or || before {named(token)}", token)

    def _operation(self, token: Token, level: _Level) -> _Fragment:
        """One test; ``token`` is its first token."""
        if token.kind == "has":
            self._negation(level)
            name = self.label_prefix + token.value
            self.parts.append(f"has({name})")
            self.tests.append(LabelTest(name, "has", (), token.column))
            return self._step("has", name, "", frozenset())
        if token.kind == "all":
            self._negation(level)
            self.parts.append("all()")
            return self._everything()
        if token.kind == "label":
            self._negation(level)
            return self._comparison(token)
        if token.kind == "end":
            raise self._error("the selector ends where a test such as has(x) or x == 'y' is expected", token)
        raise self._error(f"expected a test such as has(x) or x == 'y', found {named(token)}", token)

    def _comparison(self, label: Token) -> _Fragment:
        name = self.label_prefix + label.value
        operator = next(self.tokens)
        if operator.kind in ("in", "not in"):
            values = self._set()
            inside = ", ".join(map(_quoted, values))
            self.parts.append(f"{name} {operator.kind} {{{inside}}}")
            self.tests.append(LabelTest(name, operator.kind, values, label.column))
            fragment = self._step("in", name, "", frozenset(values))
            return _negated(fragment) if operator.kind == "not in" else fragment
        if operator.kind not in ("==", "!=", "contains", "starts with", "ends with"):
            if operator.kind == "end":
                raise self._error(f"the selector ends after the label {label.value}", operator)
            raise self._error(f"expected a comparison after the label {label.value}", operator)
        value = next(self.tokens)
        if value.kind != "string":
            raise self._error(f"expected a quoted string after {operator.kind}", value)
        self.parts.append(f"{name} {operator.kind} {_quoted(value.value)}")
        self.tests.append(LabelTest(name, operator.kind, (value.value,), label.column))
        if operator.kind in ("==", "!="):
            fragment = self._step("in", name, "", frozenset((value.value,)))
            return _negated(fragment) if operator.kind == "!=" else fragment
        return self._step(operator.kind, name, value.value, frozenset())

    def _set(self) -> tuple[str, ...]:
        """The strings of ``{…}``, sorted, each once; a comma before the closing brace is allowed."""
        token = next(self.tokens)
        if token.kind != "{":
            raise self._error("expected a set such as {'a', 'b'}", token)
        values: set[str] = set()
        token = next(self.tokens)
        while token.kind == "string":
            values.add(token.value)
            token = next(self.tokens)
            if token.kind != ",":
                break
            token = next(self.tokens)
        if token.kind != "}":
            raise self._error("expected a quoted string or } in the set", token)
        return tuple(sorted(values))

    def _step(self, operator: str, label: str, value: str, values: frozenset[str]) -> _Fragment:
        at = len(self.tested)
        self.tested.append((operator, label, value, values))
        self.follow.append([MATCHED, UNMATCHED])
        return _Fragment(at, [(at, True)], [(at, False)])

    def _everything(self) -> _Fragment:
        start = self._step("has", "", "", frozenset()).start
        return _Fragment(start, [(start, True), (start, False)], [])

    def _join_and(self, level: _Level, operand: _Fragment) -> None:
        """Adds an operand to the current chain of &&, with the negation that stood before it."""
        if level.negated:
            operand = _negated(operand)
            level.negated = False
        level.and_count += 1
        if level.conjunction is None:
            level.conjunction = operand
            return
        self._fill(level.conjunction.matched, operand.start)
        level.conjunction = _Fragment(
            level.conjunction.start,
            operand.matched,
            _merged(level.conjunction.unmatched, operand.unmatched),
        )

    def _end_and(self, level: _Level) -> None:
        """Ends the current chain of && and makes it an operand of the chain of ||."""
        chain = level.conjunction
        assert chain is not None  # noqa: S101 - a chain ends only after an operand
        if level.and_count > 1:
            self.parts[level.and_slot] = "("
            self.parts.append(")")
        level.or_count += 1
        level.and_count = 0
        level.conjunction = None
        if level.disjunction is None:
            level.disjunction = chain
            return
        self._fill(level.disjunction.unmatched, chain.start)
        level.disjunction = _Fragment(
            level.disjunction.start, _merged(level.disjunction.matched, chain.matched), chain.unmatched
        )

    def _close(self, level: _Level) -> _Fragment:
        self._end_and(level)
        if level.or_count > 1:
            self.parts[level.or_slot] = "("
            self.parts.append(")")
        assert level.disjunction is not None  # noqa: S101 - _end_and has just given it one
        return level.disjunction

    def _fill(self, ends: list[tuple[int, bool]], target: int) -> None:
        for at, matched in ends:
            self.follow[at][0 if matched else 1] = target

    def _finish(self, whole: _Fragment) -> Selector:
        self._fill(whole.matched, MATCHED)
        self._fill(whole.unmatched, UNMATCHED)
        steps = [
            Step(*test, matched, unmatched)
            for test, (matched, unmatched) in zip(self.tested, self.follow, strict=True)
        ]
        return Selector("".join(self.parts), tuple(self.tests), steps, whole.start)


def _negated(fragment: _Fragment) -> _Fragment:
    return _Fragment(fragment.start, fragment.unmatched, fragment.matched)


def _merged(one: list[tuple[int, bool]], other: list[tuple[int, bool]]) -> list[tuple[int, bool]]:
    """Both lists in one, in no particular order; the longer one is kept, so that chains stay linear."""
    if len(one) < len(other):
        one, other = other, one
    one.extend(other)
    return one


def _quoted(value: str) -> str:
    quote = "'" if '"' in value else '"'
    return f"{quote}{value}{quote}"
