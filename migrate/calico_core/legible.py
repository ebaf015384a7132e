"""Text from elsewhere (a file's line, an agent's answer), made fit for one line on a terminal."""

from __future__ import annotations

_LONGEST = 80
# The characters of ASCII that `harmless` leaves as they are.
_PLAIN = bytes(range(0x20, 0x7F)) + b"\n\t"


def legible(text: str, longest: int = _LONGEST) -> str:
    r"""``text`` without anything that moves a cursor or hides characters, cut to ``longest`` characters.

    Control characters, separators and invisible marks become escapes such as ``\x1b``; what is cut away
    is replaced by an ellipsis.
    """
    return escaped(text if len(text) <= longest else text[: longest - 1] + "…")


def escaped(text: str) -> str:
    r"""``text`` with escapes such as ``\x1b`` for all that is not printable."""
    return "".join(each if each.isprintable() else _escape(each) for each in text)


def harmless(text: str) -> str:
    """A whole text as `escaped` has it, but with its lines and tabs."""
    # A long report of plain lines is looked at as one: in a quarter of the time.
    if text.isascii() and not text.encode().translate(None, _PLAIN):
        return text
    lines = text.split("\n")
    return "\n".join(
        line if line.isprintable() else "\t".join(map(escaped, line.split("\t"))) for line in lines
    )


def encoded(text: str) -> bytes:
    r"""UTF-8, whatever the text holds: half a character (JSON may name one) becomes ``\ud800`` again.

    A byte of a file name that is no UTF-8 becomes ``\udcff`` in the same way.
    """
    return text.encode("utf-8", "backslashreplace")


def quoted(text: str, longest: int = _LONGEST) -> str:
    """`legible` text between single quotes, for a message that names what it found."""
    return f"'{legible(text, longest)}'"


def _escape(character: str) -> str:
    number = ord(character)
    if number < 0x100:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"
