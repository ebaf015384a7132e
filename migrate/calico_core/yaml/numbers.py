"""The numbers that YAML 1.1 spells: signs, bases, underscores and base 60, as PyYAML makes them.

Source: ``construct_yaml_int`` and ``construct_yaml_float`` in PyYAML's ``yaml/constructor.py``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def integer(text: str, decimal: Callable[[str], int] = int) -> int:
    """The whole number that a text spells; ``decimal`` reads its runs of decimal digits.

    Raises ValueError where a run of digits is none (or where ``decimal`` refuses its length), and IndexError
    where there is no digit at all.
    """
    sign, digits = _signed(text.replace("_", ""))
    if digits == "0":
        return 0
    if digits.startswith(("0b", "0x")):
        return sign * int(digits, 0)
    if digits[0] == "0":
        return sign * int(digits, 8)
    value = 0
    for part in digits.split(":"):
        value = value * 60 + decimal(part)
    return sign * value


def floating(text: str) -> float:
    """The number with a point that a text spells.

    Raises ValueError where it is none, OverflowError where base 60 leads beyond what a float holds, and
    IndexError where there is no digit at all.
    """
    sign, digits = _signed(text.replace("_", "").lower())
    if digits == ".inf":
        return sign * float("inf")
    if digits == ".nan":
        return float("nan")
    if ":" not in digits:
        return sign * float(digits)
    value = 0.0
    base = 1
    for part in reversed(digits.split(":")):
        value += float(part) * base
        base *= 60
    return sign * value


def _signed(text: str) -> tuple[int, str]:
    return (-1 if text[0] == "-" else 1), (text[1:] if text[0] in "+-" else text)
