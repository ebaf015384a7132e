"""Tuples with named fields, compared with those of typing."""

from __future__ import annotations

import copy
import inspect
import keyword
import pickle
import types
import typing
from typing import Any, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calico_core.named_tuples import NamedTuple


class Point(NamedTuple):
    """A place."""

    x: int
    y: int = 0
    new: str | None = None

    @property
    def sum(self) -> int:
        return self.x + self.y

    @classmethod
    def origin(cls) -> Point:
        return cls(0)


class Usual(typing.NamedTuple):
    x: int
    y: int = 0
    new: str | None = None


class Bare(NamedTuple):
    """No fields."""


def test_it_is_made_by_place_and_by_name() -> None:
    assert Point(1, y=2) == Point(x=1, y=2, new=None) == (1, 2, None)
    assert (Point(3).x, Point(3, 4).sum, Point.origin()) == (3, 7, (0, 0, None))
    assert Bare() == ()


@pytest.mark.parametrize("given", [((), {}), ((1, 2, "3", 4), {}), ((1,), {"z": 1}), ((1,), {"x": 1})])
def test_what_is_missing_or_too_much_is_refused_in_the_words_of_python(
    given: tuple[tuple[Any, ...], dict[str, Any]],
) -> None:
    with pytest.raises(TypeError) as usual:
        Usual(*given[0], **given[1])
    with pytest.raises(TypeError) as own:
        Point(*given[0], **given[1])
    words = str(usual.value).replace("Usual", "Point").replace("<lambda>", "__new__")
    assert str(own.value).replace("<lambda>", "__new__") == words


def test_it_does_what_a_named_tuple_does() -> None:
    point = Point(1, 2)
    assert repr(point) == "Point(x=1, y=2, new=None)"
    assert point._replace(y=5) == (1, 5, None)
    assert type(point._replace(y=5)) is Point
    assert point._asdict() == {"x": 1, "y": 2, "new": None}
    assert Point._fields == ("x", "y", "new")
    assert type(Point._make([1, 2, None])) is Point
    assert pickle.loads(pickle.dumps(point)) == copy.deepcopy(point) == point
    assert type(pickle.loads(pickle.dumps(point))) is Point
    match point:
        case Point(x, y=2):
            assert x == 1
        case _:
            pytest.fail("it does not match")


def test_it_does_not_change_nor_take_more() -> None:
    point: Any = Point(1)
    with pytest.raises(AttributeError):
        point.x = 2
    with pytest.raises(AttributeError):
        point.other = 2
    with pytest.raises(ValueError, match="no field z"):
        point._replace(z=1)
    with pytest.raises(TypeError, match="3 fields, not 1"):
        Point._make([1])


def test_its_constructor_tells_its_fields() -> None:
    assert list(inspect.signature(Point).parameters) == list(inspect.signature(Usual).parameters)
    assert [each.default for each in inspect.signature(Point).parameters.values()][1:] == [0, None]
    assert get_type_hints(Point) == get_type_hints(Usual)
    assert Point.__doc__ == "A place."


BASES: list[Any] = [NamedTuple, typing.NamedTuple]
names = st.from_regex("[a-z][a-z_0-9]{0,6}", fullmatch=True).filter(lambda name: not keyword.iskeyword(name))


@given(st.lists(names, unique=True, max_size=20), st.data())
def test_any_fields(fields: list[str], data: st.DataObject) -> None:
    defaults = data.draw(st.integers(0, len(fields)))
    body: dict[str, Any] = {
        "__module__": __name__,
        "__qualname__": "Made",
        "__annotations__": dict.fromkeys(fields, "object"),
        **{field: f"default {field}" for field in fields[len(fields) - defaults :]},
    }
    own: Any
    usual: Any
    own, usual = (types.new_class("Made", (base,), {}, lambda own: own.update(body)) for base in BASES)
    values = range(data.draw(st.integers(len(fields) - defaults, len(fields))))
    assert own(*values) == usual(*values)
    assert repr(own(*values)) == repr(usual(*values))
    assert own(*values)._asdict() == usual(*values)._asdict()
    assert [getattr(own(*values), field) for field in fields] == list(usual(*values))
    assert own._fields == own.__match_args__ == tuple(fields)
