"""What a YAML scalar is to calicoctl: go-yaml 2.2's resolution, and Go's ways of writing numbers.

Source: gopkg.in/yaml.v2 v2.2 ``resolve.go`` and ``decode.go``; Go's ``strconv``.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from calico_migrate.calico.reading.yaml_tree import YamlError

if TYPE_CHECKING:
    from typing import TypeAlias

    from calico_migrate.calico.reading.yaml_tree import Scalar

Resolved: TypeAlias = bool | int | float | str | None

_LONG = "tag:yaml.org,2002:"
_STRING, _BOOLEAN, _INTEGER, _FLOAT, _NULL, _TIMESTAMP, _BINARY = (
    _LONG + name for name in ("str", "bool", "int", "float", "null", "timestamp", "binary")
)
_CORE = frozenset({_STRING, _BOOLEAN, _INTEGER, _FLOAT, _NULL, _TIMESTAMP})

_WORDS: dict[str, Resolved] = {
    **dict.fromkeys(("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"), True),
    **dict.fromkeys(("n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"), False),
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), math.nan),
    **dict.fromkeys((".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"), math.inf),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), -math.inf),
}

_YAML_FLOAT = r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"
_GO_FLOAT = r"\.[0-9]+(?:[eE][-+]?[0-9]+)?"
_GO_INTEGER = re.compile(
    r"([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]([0-7]+)|0([0-7]+)|(0|[1-9][0-9]*))"
)
_TIMESTAMP_FORM = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt ][0-9:.]+(?:Z|[-+][0-9]{2}:[0-9]{2})?)?")

# More digits than any 64-bit number or float has, and what keeps int() from working for long.
_MOST_DIGITS = 400


def has_local_tag(scalar: Scalar) -> bool:
    """Whether the scalar carries a tag of its own, which an unquoted ``!`` is."""
    return scalar.tag is not None and not scalar.tag.startswith(_LONG)


def resolve(scalar: Scalar) -> Resolved:
    """What go-yaml makes of a scalar: None, a truth value, a number, or text.

    A scalar with a tag of its own is text, without the tag. Raises YamlError where the value does not fit
    an explicit core tag such as ``!!int``.
    """
    tag = scalar.tag
    if tag is None:
        return _resolve_plain(scalar.text) if scalar.plain else scalar.text
    if tag == _BINARY:
        return _decode_binary(scalar)
    if tag not in _CORE or tag == _STRING:
        return scalar.text
    value = _resolve_plain(scalar.text)
    if tag == _FLOAT and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if _tag_of(value, scalar.text) != tag:
        short = tag.removeprefix(_LONG)
        raise YamlError(f"`{scalar.text[:40]}` cannot be read as !!{short}", scalar.offset)
    return value


def _tag_of(value: Resolved, text: str) -> str:
    if value is None:
        return _NULL
    if isinstance(value, bool):
        return _BOOLEAN
    if isinstance(value, int):
        return _INTEGER
    if isinstance(value, float):
        return _FLOAT
    return _TIMESTAMP if _TIMESTAMP_FORM.fullmatch(text) else _STRING


def _decode_binary(scalar: Scalar) -> str:
    import base64
    import binascii

    try:
        data = base64.b64decode(scalar.text.replace("\n", "").replace("\r", ""), validate=True)
    except (binascii.Error, ValueError) as error:
        raise YamlError("the !!binary value is no base64", scalar.offset) from error
    return data.decode("utf-8", "replace")


def _resolve_plain(text: str) -> Resolved:
    first = text[:1]
    if first not in _HINTS:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if first == ".":
        return _go_float(text) if re.fullmatch(_GO_FLOAT, text) else text
    if first not in _NUMERIC:
        return text
    plain = text.replace("_", "")
    if len(plain) > _MOST_DIGITS:
        return text
    number = _go_integer(plain)
    if number is not None:
        return number
    if re.fullmatch(_YAML_FLOAT, plain):
        real = _go_float(plain)
        return text if isinstance(real, str) else real
    return text


_NUMERIC = frozenset("+-0123456789")
_HINTS = frozenset("yYnNtTfFoO~.") | _NUMERIC | {""}


def _go_float(text: str) -> float | str:
    # strconv.ParseFloat refuses what is out of range.
    value = float(text)
    return text if math.isinf(value) else value


def _go_integer(text: str) -> int | None:
    """What ``strconv.ParseInt`` or ``ParseUint`` with base 0 make of ``text``; None for anything else."""
    match = _GO_INTEGER.fullmatch(text)
    if match is None:
        return None
    sign, hexadecimal, binary, octal, old_octal, decimal = match.groups()
    if hexadecimal is not None:
        value = int(hexadecimal, 16)
    elif binary is not None:
        value = int(binary, 2)
    elif octal is not None:
        value = int(octal, 8)
    elif old_octal is not None:
        value = int(old_octal, 8)
    else:
        value = int(decimal)
    if sign == "-":
        return -value if value <= 1 << 63 else None
    # ParseUint takes no sign.
    return value if value < (1 << 63 if sign else 1 << 64) else None


def number_text(value: float) -> str:
    """A number as calicoctl writes it into a text field: Go's shortest form, floats as 32 bits wide."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    return _shortest_float32(value)


def _shortest_float32(value: float) -> str:
    import struct

    if math.isnan(value):
        return "NaN"
    try:
        (narrow,) = struct.unpack("f", struct.pack("f", value))
    except OverflowError:
        narrow = math.copysign(math.inf, value)
    if math.isinf(narrow):
        return "+Inf" if narrow > 0 else "-Inf"
    if narrow == 0:
        return "-0" if math.copysign(1, narrow) < 0 else "0"
    for precision in range(9):
        scientific = f"{narrow:.{precision}e}"
        if struct.unpack("f", struct.pack("f", float(scientific)))[0] == narrow:
            break
    mantissa, _, exponent_text = scientific.partition("e")
    exponent = int(exponent_text)
    if exponent < -4 or exponent >= 6:
        digits = mantissa.rstrip("0").rstrip(".") if "." in mantissa else mantissa
        return f"{digits}e{'-' if exponent < 0 else '+'}{abs(exponent):02d}"
    fixed = f"{float(scientific):.{max(precision - exponent, 0)}f}"
    return fixed.rstrip("0").rstrip(".") if "." in fixed else fixed


def json_number(value: float) -> int | float | None:
    """A number as it stands in the JSON between calicoctl's two readers: whole floats become integers.

    None for what JSON cannot hold.
    """
    if isinstance(value, int):
        return value
    if not math.isfinite(value):
        return None
    # encoding/json writes an exponent from 1e21 on, which no integer field takes.
    return int(value) if float.is_integer(value) and abs(value) < 1e21 else value
