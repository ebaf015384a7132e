"""The installer's dialect of YAML: what PyYAML's ``safe_load`` takes and refuses, in its own words.

Two parsers know the text: libyaml, which is fast, and PyYAML's own, which the DC/OS installer uses
(``yaml.safe_load``). They differ in tabs, directives and the wording of errors, so that a text in which they
could differ goes through PyYAML's own, and every error is worded by it. The nodes are those of the one
composer; nothing is ever constructed here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from calico_config.document.wording import Place, marked_error, place_of, reader_error
from calico_core.yaml.aliases import check_aliases
from calico_core.yaml.composing import Dialect, YamlError, parsers
from calico_core.yaml.composing import compose as compose_all

if TYPE_CHECKING:
    from calico_core.yaml.nodes import Node

# PyYAML's own parser takes about 20 µs for a character: above this size libyaml alone answers.
MAX_CAREFUL_SIZE = 100_000
# PyYAML itself gives up with a RecursionError at about 490 levels.
MAX_DEPTH = 100
_INSTALLER = Dialect(deepest=MAX_DEPTH, anchors_once=True, recursive=True, single=True)

# Where libyaml and PyYAML's own scanner judge differently: tabs, directives, tags, comments glued to a block
# scalar's header, `?` and `:` beside flow indicators, white space that is not ASCII, and byte order marks
# within the text, which libyaml passes over where a line begins. Few files have any of it, so that the
# patterns are compiled when they are first needed.
_GLUED_COMMENT = r"[|>][-+0-9]*#"
_FLOW_COLON = r"[\[{,]\s*:|:[\[\]{},]"
_TAG = r"(?m)(?:^|[\s,\[{}\]:?-])!"
_QUESTION = r"\?(?:\s|\Z)"
_DIRECTIVE = r"(?m)^%"
_OTHER_SPACE = r"[^\x00-\x7f\S]"
_MARK = "\ufeff"


def needs_care(text: str) -> bool:
    """Whether the two parsers could judge a text differently."""
    has_flow = "{" in text or "[" in text
    return (
        "\t" in text
        or ("!" in text and re.search(_TAG, text) is not None)
        or ("?" in text and (has_flow or re.search(_QUESTION, text) is not None))
        or ("%" in text and re.search(_DIRECTIVE, text) is not None)
        or ("#" in text and re.search(_GLUED_COMMENT, text) is not None)
        or (has_flow and re.search(_FLOW_COLON, text) is not None)
        or not (text.isascii() or (_MARK not in text and re.search(_OTHER_SPACE, text) is None))
    )


class Refusal(NamedTuple):
    """Why a text gave no nodes.

    ``reason`` is ``not-yaml``, ``not-unicode``, ``two-documents``, ``too-deep`` or ``alias-explosion``;
    ``message`` is PyYAML's own wording where PyYAML refuses; ``offset`` counts code points. ``exact`` is
    False where not PyYAML's own parser has judged.
    """

    reason: str
    message: str
    offset: int
    exact: bool = True


def compose(text: str) -> Node | Refusal | None:
    """The one document of ``text`` as nodes, None where there is none, or why there are no nodes."""
    fastest, own = parsers()
    is_small = len(text) <= MAX_CAREFUL_SIZE
    loader = own if is_small and fastest is not own and needs_care(text.removeprefix(_MARK)) else fastest
    try:
        return _composed(text, loader)
    except YamlError as error:
        refusal = _refusal(error, text)
    if loader is own or refusal.reason not in {"not-yaml", "two-documents"}:
        return refusal
    if not is_small:
        return refusal._replace(exact=False)
    try:
        return _composed(text, own)
    except YamlError as error:
        return _refusal(error, text)


def _composed(text: str, loader: Any) -> Node | None:
    document = None
    for document in compose_all(text, _INSTALLER, loader):
        check_aliases(document, MAX_DEPTH)
    return None if document is None else document.root


def _refusal(error: YamlError, text: str) -> Refusal:
    if isinstance(error.cause, UnicodeEncodeError):
        return Refusal("not-unicode", str(error.cause), error.offset, exact=False)
    if error.reason == "too-deep":
        return Refusal("too-deep", f"nested deeper than {MAX_DEPTH} levels", error.offset)
    if error.reason == "alias-explosion":
        return Refusal("alias-explosion", error.message, error.offset)
    reason = "two-documents" if error.reason == "two-documents" else "not-yaml"
    return Refusal(reason, _wording(error, text), error.offset)


def _wording(error: YamlError, text: str) -> str:
    here, name = place_of(text, error.offset), error.name
    if error.reason == "two-documents":
        first = place_of(text, error.first)
        return marked_error(
            "expected a single document in the stream", first, "but found another document", here
        )
    if error.reason == "anchor-twice":
        context = f"found duplicate anchor {name!r}; first occurrence"
        return marked_error(context, place_of(text, error.first), "second occurrence", here)
    if error.reason == "undefined-alias":
        return marked_error(None, None, f"found undefined alias {name!r}", here)
    cause = error.cause
    marks = [getattr(cause, "context_mark", None), getattr(cause, "problem_mark", None)]
    if marks == [None, None]:
        # Only the reader's errors have none.
        return reader_error(text, error.offset)
    around, there = (None if mark is None else Place(mark.line, mark.column) for mark in marks)
    said = marked_error(cause.context, around, cause.problem, there)
    return said if cause.note is None else f"{said}\n{cause.note}"
