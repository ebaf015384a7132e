"""chevron, the second renderer of a proof, which has no code in common with the first.

A template is rendered with several options that differ in few values. What names none of these, and has the
same literal text, is rendered once for all of them: a renderer knows nothing of a value but by its name.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from calico_core.errors import VerificationError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Token = tuple[str, str]


class _Unit(NamedTuple):
    """Tokens that are rendered alone: a section, or what stands between two of them.

    ``words`` are the parts of the names in it, ``last`` the last part of each.
    """

    start: int
    end: int
    words: frozenset[str]
    last: frozenset[str]


class _Read(NamedTuple):
    """What chevron reads in a template, and the same in units."""

    tokens: tuple[Token, ...]
    units: list[_Unit]


class _Differences(NamedTuple):
    """The keys of values that differ, and those of the groups around them."""

    keys: set[str]
    groups: set[str]

    def reach(self, unit: _Unit) -> bool:
        """Whether the tokens may show a difference; a dot is whatever is around it."""
        return not (
            self.keys.isdisjoint(unit.words) and self.groups.isdisjoint(unit.last) and "" not in unit.last
        )


def renderings(template_and_options: Sequence[tuple[str, dict[str, Any]]]) -> list[str]:
    """What chevron renders of each, HTML escapes, Python's True and all; never with a partial from the disk.

    Raises VerificationError where it cannot.
    """
    import chevron

    try:
        return _rendered([(_read(template), options) for template, options in template_and_options])
    except (chevron.ChevronError, RecursionError, KeyError, IndexError, TypeError, AttributeError) as error:
        raise VerificationError(f"the proof failed: chevron cannot render the package ({error})") from error


def _rendered(given: Sequence[tuple[_Read, dict[str, Any]]]) -> list[str]:
    first, with_options = given[0]
    differences = _Differences(set(), set())
    literals: set[int] = set()
    for read, options in given[1:]:
        changed = _changed_literals(first.tokens, read.tokens)
        if changed is None:
            return [_render(each.tokens, its_options) for each, its_options in given]
        literals |= changed
        _compare(with_options, options, differences)
    texts = [""] * len(given)
    for start, end, is_shared in _stretches(first, differences, literals):
        if is_shared:
            text = _render(first.tokens[start:end], with_options)
            texts = [before + text for before in texts]
        else:
            texts = [
                before + _render(read.tokens[start:end], options)
                for before, (read, options) in zip(texts, given, strict=True)
            ]
    return texts


def _render(tokens: Sequence[Token], options: dict[str, Any]) -> str:
    import chevron

    return str(chevron.render(tokens, options, partials_path=None, partials_dict={}))


def _stretches(read: _Read, differences: _Differences, literals: set[int]) -> Iterator[tuple[int, int, bool]]:
    """Units in turn, those together that are rendered once for all, or for each."""
    begin, was_shared = 0, True
    for unit in read.units:
        is_shared = not differences.reach(unit) and literals.isdisjoint(range(unit.start, unit.end))
        if is_shared is not was_shared:
            if begin < unit.start:
                yield begin, unit.start, was_shared
            begin, was_shared = unit.start, is_shared
    if begin < len(read.tokens):
        yield begin, len(read.tokens), was_shared


def _changed_literals(tokens: tuple[Token, ...], others: tuple[Token, ...]) -> set[int] | None:
    """The places of literal texts that differ; None where anything else does."""
    if others is tokens or others == tokens:
        return set()
    if len(others) != len(tokens):
        return None
    changed = [place for place, token in enumerate(tokens) if token != others[place]]
    if any(tokens[place][0] != "literal" or others[place][0] != "literal" for place in changed):
        return None
    return set(changed)


def _compare(values: dict[str, Any], others: dict[str, Any], found: _Differences) -> bool:
    """Takes note of what differs; to Python 1 is True, which a template prints otherwise."""
    differ = False
    for key in values.keys() | others.keys():
        value, other = values.get(key), others.get(key)
        if key in values and key in others and (value is other or repr(value) == repr(other)):
            continue
        differ = True
        if isinstance(value, dict) and isinstance(other, dict) and _compare(value, other, found):
            found.groups.add(key)
        else:
            found.keys.add(key)
    return differ


# Each of a package's three templates is rendered under many settings, and versions often have the same.
@lru_cache(maxsize=12)
def _read(template: str) -> _Read:
    """Raises ChevronError where chevron cannot read it."""
    from chevron.tokenizer import tokenize

    tokens = tuple(tokenize(template, "{{", "}}"))
    return _Read(tokens, _units(tokens))


def _units(tokens: tuple[Token, ...]) -> list[_Unit]:
    """The tokens in units, in order.

    Where a section stands in another one of its name, chevron may end the outer one too early and read what
    comes behind in another scope; then all are one unit.
    """
    found: list[_Unit] = []
    open_names: list[str] = []
    begin = 0
    names: list[str] = []
    for place, (kind, name) in enumerate(tokens):
        if kind in ("section", "inverted section"):
            if name in open_names:
                return [_unit(0, len(tokens), [name for kind, name in tokens if kind != "literal"])]
            if not open_names and begin < place:
                found.append(_unit(begin, place, names))
                begin, names = place, []
            open_names.append(name)
        if kind != "literal":
            names.append(name)
        if kind == "end":
            open_names.pop()
            if not open_names:
                found.append(_unit(begin, place + 1, names))
                begin, names = place + 1, []
    if begin < len(tokens):
        found.append(_unit(begin, len(tokens), names))
    return found


def _unit(start: int, end: int, names: list[str]) -> _Unit:
    words = frozenset(".".join(names).split(".")) if names else frozenset()
    return _Unit(start, end, words, frozenset(name.rpartition(".")[2] for name in names))
