"""What the installer makes of a value: the texts that everything else of it works with.

``dcos/dcos gen/__init__.py stringify_configuration``: lists and mappings become JSON, truth values ``true``
or ``false``, integers their decimal digits, and everything else ends in a traceback.
"""

from __future__ import annotations

from typing import Any

from calico_config.document.scalars import Unsupported, format_decimal


def stringify(value: Any, name: str) -> tuple[str | None, str | None]:
    """What the installer makes of a value: its text, or the last line of the traceback that it ends in."""
    if isinstance(value, str):
        return value, None
    if isinstance(value, bool):
        return ("true" if value else "false"), None
    if isinstance(value, int):
        return format_decimal(value), None
    if isinstance(value, (list, dict)):
        return _dump(value)
    if isinstance(value, Unsupported):
        type_name = value.type_name
        if value.crash is not None:
            return None, value.crash
        if type_name == "a value that contains itself":
            return None, "ValueError: Circular reference detected"
    else:
        type_name = type(value).__name__
    return None, (
        f"Invalid type for value of {name} in config. Got <class '{type_name}'>,"
        " only can handle list, dict, int, bool, and str"
    )


def _dump(value: Any) -> tuple[str | None, str | None]:
    import json

    try:
        return json.dumps(value), None
    except (TypeError, ValueError):
        found = _undumpable(value)
    if found is None:
        # Only a number too long for this Python; the installer's own has no such limit.
        return json.dumps(_with_long_numbers_as_texts(value)), None
    if found.crash is not None:
        return None, found.crash
    if found.type_name == "a value that contains itself":
        return None, "ValueError: Circular reference detected"
    short = found.type_name.rpartition(".")[2]
    return None, f"TypeError: Object of type '{short}' is not JSON serializable"


def _undumpable(value: Any) -> Unsupported | None:
    """The first value inside that JSON has no form for."""
    if isinstance(value, Unsupported):
        return value
    if isinstance(value, dict):
        for key, inner in value.items():
            if isinstance(key, Unsupported):
                return key
            found = _undumpable(inner)
            if found is not None:
                return found
    elif isinstance(value, (list, tuple)):
        for inner in value:
            found = _undumpable(inner)
            if found is not None:
                return found
    return None


def _with_long_numbers_as_texts(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            _with_long_numbers_as_texts(key): _with_long_numbers_as_texts(inner)
            for key, inner in value.items()
        }
    if isinstance(value, (list, tuple)):
        return [_with_long_numbers_as_texts(inner) for inner in value]
    if isinstance(value, int) and not isinstance(value, bool):
        text = format_decimal(value)
        return text if len(text) > 4000 else value
    return value
