"""Facts of a configuration that says nothing."""

from __future__ import annotations

from typing import Any

from calico_config.facts.facts import Facts, facts_of, untouched


def parts(value: Any) -> Any:
    """A value as what compares by what is in it."""
    if isinstance(value, (list, tuple)):
        return [parts(each) for each in value]
    compares: Any = type(value).__eq__
    if compares is not object.__eq__:
        return value
    names = getattr(value, "__dict__", None) or {
        name: None for kind in type(value).__mro__ for name in slots(kind)
    }
    return type(value), {name: parts(getattr(value, name)) for name in names}


def slots(kind: type) -> tuple[str, ...]:
    found: tuple[str, ...] = getattr(kind, "__slots__", ())
    return found


def test_untouched_is_what_an_empty_mapping_says() -> None:
    said, assumed = facts_of("{}"), untouched()
    for name in dir(Facts):
        each = getattr(said, name)
        if not (name.startswith("_") or callable(each) or name == "document"):
            assert parts(getattr(assumed, name)) == parts(each), name
    assert assumed.document.settings == said.document.settings == {}
    assert assumed.document.problem is said.document.problem is None
