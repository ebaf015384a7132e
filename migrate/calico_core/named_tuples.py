"""Tuples with named fields, as `typing.NamedTuple` makes them, in a tenth of the time.

A command makes fifty to a hundred such classes before it looks at its first file, and they were a quarter of
what its imports took: `typing.NamedTuple` compiles each annotation, to see whether it is a type, and a
constructor for each class. Here annotations stay the texts that they are, as a type checker has read them,
and all classes with as many fields have one constructor's code, each with the names of its own fields.
"""

from __future__ import annotations

from collections import _tuplegetter  # type: ignore[attr-defined]
from functools import cache
from types import FunctionType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import CodeType
    from typing import NamedTuple as NamedTuple

_SCOPE = {"__builtins__": {}, "_new": tuple.__new__}


@cache
def _constructor(count: int) -> CodeType:
    fields = "".join(f"_{number}, " for number in range(count))
    code: CodeType = eval(f"lambda _cls, {fields}: _new(_cls, ({fields}))", _SCOPE).__code__  # noqa: S307
    return code


class _Fields(tuple[Any, ...]):
    """What all tuples with named fields can do."""

    __slots__ = ()
    if TYPE_CHECKING:
        _fields: tuple[str, ...]

    @classmethod
    def _make(cls, values: Iterable[Any]) -> _Fields:
        made = tuple.__new__(cls, values)
        if len(made) != len(cls._fields):
            raise TypeError(f"{cls.__name__} has {len(cls._fields)} fields, not {len(made)}")
        return made

    def _replace(self, **changes: Any) -> _Fields:
        made = tuple.__new__(type(self), map(changes.pop, self._fields, self))
        if changes:
            raise ValueError(f"{type(self).__name__} has no field {', '.join(changes)}")
        return made

    def _asdict(self) -> dict[str, Any]:
        return dict(zip(self._fields, self, strict=True))

    def __getnewargs__(self) -> tuple[Any, ...]:
        return tuple(self)

    def __repr__(self) -> str:
        fields = ", ".join(f"{name}={value!r}" for name, value in self._asdict().items())
        return f"{type(self).__name__}({fields})"


class _Maker(type):
    """Makes of a class with annotations a tuple with a field for each."""

    def __new__(cls, name: str, _: tuple[type, ...], namespace: dict[str, Any]) -> Any:
        fields = tuple(namespace.get("__annotations__", ()))
        defaults = tuple(namespace.pop(field) for field in fields if field in namespace)
        code = _constructor(len(fields)).replace(co_varnames=("_cls", *fields))
        constructor = FunctionType(code, _SCOPE, "__new__", defaults)
        constructor.__qualname__ = f"{name}.__new__"
        namespace["__new__"] = constructor
        namespace["__slots__"] = ()
        namespace["_fields"] = namespace["__match_args__"] = fields
        for number, field in enumerate(fields):
            namespace[field] = _tuplegetter(number, None)
        return type(name, (_Fields,), namespace)


if not TYPE_CHECKING:
    NamedTuple = type.__new__(_Maker, "NamedTuple", (), {})
