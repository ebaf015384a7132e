"""Running text from rules and findings as markup: code in backticks, indented blocks, long values to open."""

from __future__ import annotations

import html
import re

LONGEST = 320
"""Characters of a text that stand there at once; what is longer opens."""


def inline(text: str, longest: int | None = None) -> str:
    """A line of text: escaped, with what stands in backticks as code, and its end to open if it is long."""
    if longest is not None and len(text) > longest:
        shown = html.escape(text[: longest - 60].rstrip().replace("`", ""))
        return f'<details class="long"><summary>{shown} …</summary>{inline(text)}</details>'
    marked = re.sub(r"``([^`]+)``|`([^`]+)`", _code, html.escape(text))
    # One that was cut off behind its value has no partner.
    return marked.replace("`", "")


def blocks(text: str) -> str:
    """A docstring's paragraphs and its indented blocks."""
    parts: list[str] = []
    for part in re.split(r"\n[ \t]*\n", text.strip("\n")):
        if part.startswith("    "):
            code = html.escape("\n".join(line[4:] for line in part.split("\n")))
            if parts and parts[-1].endswith("</pre>"):
                parts[-1] = parts[-1].removesuffix("</pre>") + f"\n\n{code}</pre>"
            else:
                parts.append(f"<pre>{code}</pre>")
        elif part.strip():
            parts.append(f"<p>{inline(' '.join(part.split()))}</p>")
    return "\n".join(parts)


def _code(found: re.Match[str]) -> str:
    return f"<code>{found[1] or found[2]}</code>"
