"""The frame of every page: verdict on top, evidence at the foot, one file without anything from elsewhere.

A page is light or dark as the reader's system is, fits a phone, prints, and works by keyboard. Its
Content-Security-Policy lets through the style and the script that it was made with, by their hashes, and
nothing else: a text from an input that got past the escaping would still not run.
"""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

from calico_core.json.printing import printed
from calico_templates import render

if TYPE_CHECKING:
    from collections.abc import Sequence


class Verdict(NamedTuple):
    """What a page says first: who speaks, what, and how good that is.

    `grade` is ``good``, ``fair``, ``bad`` or ``open``.
    """

    grade: str
    label: str
    text: str


class Source(NamedTuple):
    """One thing that a page rests on; for an input with the SHA-256 of its bytes in hex."""

    text: str
    hash: str = ""


class Evidence(NamedTuple):
    """A line of the footer: the program and its version, the inputs, the options, the date."""

    label: str
    values: Sequence[Source]


class Page(NamedTuple):
    """A page of a program's report.

    `content` is markup whose values were escaped by the template that made it. `style` comes after the
    frame's own; `script` finds `data`, a value that JSON can spell, in the element ``data``. `layout` is
    ``report`` for a column of text, ``screen-wide`` for what takes all the room there is.
    """

    title: str
    subtitle: str
    content: str
    verdicts: Sequence[Verdict] = ()
    evidence: Sequence[Evidence] = ()
    style: str = ""
    script: str = ""
    data: Any = None
    layout: str = "report"


def render_page(page: Page) -> str:
    """The whole page, as one HTML file."""
    style = asset("page/frame.css") + page.style
    return render(
        "page/frame.html.mustache",
        {
            "policy": _content_security_policy(style, page.script),
            "title": page.title,
            "subtitle": page.subtitle,
            "layout": page.layout,
            "style": style,
            "has_verdicts": bool(page.verdicts),
            "verdicts": [verdict._asdict() for verdict in page.verdicts],
            "content": page.content,
            "evidence": [
                {
                    "label": line.label,
                    "values": [
                        {"text": value.text, "hash": value.hash, "has_hash": bool(value.hash)}
                        for value in line.values
                    ],
                }
                for line in page.evidence
            ],
            "has_data": page.data is not None,
            "data": embedded(page.data),
            "has_script": bool(page.script),
            "script": page.script,
        },
    )


def asset(name: str) -> str:
    """A style or script of this package, by its path in it."""
    return files("calico_templates").joinpath(*name.split("/")).read_text(encoding="utf-8")


def embedded(value: Any) -> str:
    """JSON that can stand in a script element: nothing in it can end the element or begin a comment."""
    text = printed(value, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _content_security_policy(style: str, script: str) -> str:
    """What the page may do: its own style and script. Content Security Policy Level 3, section 6.7."""
    allowed = [f"style-src {_source(style)}"]
    if script:
        allowed.append(f"script-src {_source(script)}")
    return "; ".join(["default-src 'none'", *allowed, "base-uri 'none'", "form-action 'none'"])


def _source(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
    return f"'sha256-{digest}'"
