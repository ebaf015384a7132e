"""The Go types of Calico 3.14's resources, as far as reading them goes.

A type says what JSON it takes, whether a scalar becomes text on the way, and which field names there are;
each text may carry the check that Calico's validator makes of it. Source: projectcalico/libcalico-go
dda4a7964ffa ``lib/apis/v3`` and ``lib/numorstring``; kubernetes/apimachinery 0.17 ``pkg/apis/meta/v1``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import TypeAlias

    from calico_core.rules import Rule


class Check(NamedTuple):
    """What the validator asks of one value: ``problem`` gives the reason why it is refused, or nothing.

    ``optional`` is ``omitempty``: the empty value passes. A check of a number is asked for every number
    that is written.
    """

    rule: Rule
    problem: Callable[[str], str]
    optional: bool = True


class Text(NamedTuple):
    """A string; numbers and truth values become text. ``selector`` says that it holds a selector."""

    check: Check | None = None
    selector: bool = False


class Boolean:
    """``true`` or ``false``."""

    __slots__ = ()


class Whole(NamedTuple):
    """An integer between ``least`` and ``most``, both included."""

    least: int = -(1 << 63)
    most: int = (1 << 63) - 1


class Real:
    """Any number."""

    __slots__ = ()


class Duration:
    """A text such as ``90s``, which ``time.ParseDuration`` takes."""

    __slots__ = ()


class Time:
    """A text in RFC 3339's form."""

    __slots__ = ()


class Protocol:
    """A protocol's name, or its number, which may stand in a text."""

    __slots__ = ()


class Port:
    """A port's number, ``first:last``, or a name; a number may stand in a text."""

    __slots__ = ()


class Anything:
    """A value that nobody looks at."""

    __slots__ = ()


class ListOf(NamedTuple):
    """A sequence."""

    item: Type


class TextMap:
    """A mapping of texts to texts."""

    __slots__ = ()


class Record(NamedTuple):
    """A mapping with known fields. ``name`` is the Go type; ``type_meta`` marks the outermost one."""

    name: str
    fields: Mapping[str, Type]

    def field(self, key: str) -> str | None:
        """The field that Go's JSON decoder finds for a key: the exact one, or one in another case."""
        if key in self.fields:
            return key
        folded = fold(key)
        return next((name for name in self.fields if fold(name) == folded), None)


Type: TypeAlias = (
    Text | Boolean | Whole | Real | Duration | Time | Protocol | Port | Anything | ListOf | TextMap | Record
)


def fold(key: str) -> str:
    """A key without its case, as Go's JSON decoder compares the names of fields."""
    # encoding/json's equalFold: the Kelvin sign and the long s count as letters.
    return key.lower().replace("\u017f", "s")
