"""Generated documents in the many ways in which YAML is written."""

from __future__ import annotations

from typing import Any

import yaml
from hypothesis import strategies as st

from tests.migrate.marathon import strategies


class _Plain(yaml.SafeDumper):
    """Writes out what several places share."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


class _Deep(_Plain):
    """Indents sequences below their keys."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> Any:
        return super().increase_indent(flow, False)


def pyyaml(document: Any, **style: Any) -> str:
    """As PyYAML writes it."""
    deep = style.pop("deep", False)
    return str(yaml.dump(document, Dumper=_Deep if deep else _Plain, sort_keys=False, **style))


def commented(text: str) -> str:
    """The same with comments between the lines, where no text goes on over the line break."""
    lines = text.splitlines(keepends=True)
    out = ["# the first line\n"]
    for number, line in enumerate(lines):
        body = line.rstrip("\r\n")
        ending = line[len(body) :]
        if number % 2 and body.endswith((": dcos", ": container", "- dcos", ":", "- {}")):
            body += "  # as it was: dcos"
        out.append(body + ending)
    return "".join(out)


@st.composite
def texts(draw: st.DrawFn) -> tuple[Any, str]:
    """A document and one of its many spellings in YAML."""
    document = draw(strategies.documents)
    flow = draw(st.sampled_from([False, False, None, True]))
    style: dict[str, Any] = {
        "default_flow_style": flow,
        "indent": draw(st.sampled_from([2, 3, 4])),
        "width": draw(st.sampled_from([10_000, 20])),
        "default_style": draw(st.sampled_from([None, None, '"', "'"])),
        "allow_unicode": draw(st.booleans()),
        "explicit_start": draw(st.booleans()),
        "deep": draw(st.booleans()),
    }
    text = pyyaml(document, **style)
    if style["default_style"] is None and flow is False and style["width"] > 20 and draw(st.booleans()):
        text = commented(text)
    if draw(st.booleans()):
        text = text.replace("\n", "\r\n")
    text = draw(st.sampled_from(["", "\ufeff"])) + text
    if draw(st.booleans()):
        text = text.rstrip("\r\n")
    return document, text
