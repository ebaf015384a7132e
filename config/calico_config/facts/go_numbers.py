"""How the programs on a node read the number that the installer copied as text.

The installer checks ``int(text)`` of Python 3.6 and then pastes the text as it is. Felix reads it with Go's
``strconv.ParseInt(text, 0, 64)``, where a leading zero means octal (projectcalico/felix v3.14.0
config/param_types.go); the CNI plugin and the Mesos overlay module read JSON, where a leading zero, a plus
and an underscore are no number at all.
"""

from __future__ import annotations

_BASES = {"x": 16, "o": 8, "b": 2}


def felix_reads(text: str) -> int | None:
    """The number that Felix gets from an environment variable with this text, None where it gets none.

    White space around it is gone by then, because systemd strips it from an environment file.
    """
    text = text.strip(" \t")
    sign, digits = ("", text)
    if text[:1] in ("+", "-"):
        sign, digits = text[0], text[1:]
    if not digits.isascii():
        return None
    base = 10
    if digits[:1] == "0" and len(digits) > 1:
        base = _BASES.get(digits[1].lower(), 8)
        digits = digits[2:] if digits[1].lower() in _BASES else digits[1:]
        if digits[:1] == "_":
            digits = digits[1:]
    if (
        not digits
        or digits[0] == "_"
        or digits[-1] == "_"
        or "__" in digits
        or not digits.replace("_", "").isalnum()
    ):
        return None
    try:
        number = int(sign + digits.replace("_", ""), base)
    except ValueError:
        return None
    return number if -(1 << 63) <= number < 1 << 63 else None


def is_json_number(text: str) -> bool:
    """Whether a text pasted into JSON is a whole number there; spaces around it do no harm."""
    digits = text.strip(" \t\n\r").removeprefix("-")
    return digits.isascii() and digits.isdigit() and (digits == "0" or digits[0] != "0")
