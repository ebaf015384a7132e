"""Planned edits of a config.yaml: values replaced in place, missing keys added in the style around.

Only the values' bytes change, through the span editor; a ruamel.yaml round trip would change quotes,
indentation and comments elsewhere. Every plan is proved before it is given out: the new text is read again
and must differ from the old one in the planned values alone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from calico_core.errors import InputError, VerificationError
from calico_core.json.pointers import pointer
from calico_core.spans import Edit, apply

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from calico_config.document.document import ConfigDocument, Setting
    from calico_core.yaml.nodes import Node

RULE = "suggested"
_PROPERTIES = re.compile(r"(?:[&!]\S*[ \t]+)*")
_AFTER_COLON = re.compile(r"[^\n]*?:")


def plan(document: ConfigDocument, values: Mapping[str, str]) -> list[Edit]:
    """The edits that give parameters these values, in order of place; none for a value that stands already.

    Raises InputError where the file has no settings, where a key stands twice, or where a value cannot be
    replaced without changing another (an anchor that is used elsewhere), VerificationError where the result
    would not be what was planned.
    """
    if document.problem is not None:
        raise InputError(document.problem.message, line=document.problem.line, column=document.problem.column)
    edits: list[Edit] = []
    missing: dict[str, str] = {}
    for name, value in values.items():
        own = [entry for entry in document.entries if entry.name == name and not entry.merged]
        if len(own) > 1:
            span = own[-1].key_span
            raise InputError(
                f"{name} stands here and earlier too, and only the last one counts; remove all but one first",
                line=span.line,
                column=span.column,
            )
        if not own:
            setting = document.get(name)
            if setting is None or setting.text != value:
                missing[name] = value
        edits.extend(_replacement(document, entry, value) for entry in own if entry.text != value)
    if not missing:
        edits.sort(key=_by_place)
        reason = _difference(document, edits, values)
        if reason:
            raise VerificationError(reason)
        return edits
    reason = "no place for the new settings was found"
    for addition in _additions(document, missing):
        planned = sorted([*edits, *addition], key=_by_place)
        reason = _difference(document, planned, values)
        if not reason:
            return planned
    raise VerificationError(reason)


def _replacement(document: ConfigDocument, setting: Setting, value: str) -> Edit:
    node = setting.node
    text = document.text
    start, end = node.start, node.end
    if node.kind == "alias":
        replacement = value
    elif node.kind == "scalar" and node.style in ("'", '"', None) and end > start:
        properties = _PROPERTIES.match(text, start, end)
        kept = properties.group() if properties else ""
        if "&" in kept:
            _refuse_shared(document, node, setting)
        start += len(kept) if "!" not in kept else 0
        quote = node.style or ""
        replacement = f"{quote}{value}{quote}"
    else:
        # No value, a block scalar or a collection: the value moves to the key's own line.
        if "&" in text[setting.key_span.end : start + 1]:
            _refuse_shared(document, node, setting)
        colon = _AFTER_COLON.match(text, setting.key_span.end)
        start = colon.end() if colon is not None else start
        end = max(start, start + len(text[start:end].rstrip()))
        replacement = " " + (f'"{value}"' if _is_flow(document) and not value.isdigit() else value)
    return Edit(start, end, replacement, RULE, pointer([setting.name]), setting.value, _typed(value))


def _refuse_shared(document: ConfigDocument, node: Node, setting: Setting) -> None:
    """An anchored value that an alias uses elsewhere would change there too."""
    if document.root is not None and any(found.target is node for found in _nodes(document.root)):
        raise InputError(
            f"{setting.name} is an anchor whose value is used elsewhere in the file; set it by hand",
            line=setting.span.line,
            column=setting.span.column,
        )


def _nodes(root: Node) -> Iterator[Node]:
    pending = [root]
    while pending:
        node = pending.pop()
        yield node
        pending.extend(node.parts())


def _is_flow(document: ConfigDocument) -> bool:
    return document.root is not None and document.root.style == "flow"


def _typed(value: str) -> str | int | bool:
    if value.isdigit():
        return int(value)
    return {"true": True, "false": False}.get(value, value)


def _additions(document: ConfigDocument, missing: Mapping[str, str]) -> Iterator[list[Edit]]:
    """Ways to add settings, the most natural first: each is tried until one proves right."""
    root = document.root
    if root is None or not root.children:
        if root is not None:
            lines = ", ".join(f'"{name}": {_in_flow(value)}' for name, value in missing.items())
            yield _inserted(root.start + 1, lambda _: lines, missing)
        return
    if _is_flow(document):
        yield _in_mapping_flow(document, root, missing)
        return
    newline = "\r\n" if "\r\n" in document.text else "\n"
    first_key = root.children[0][0]
    indent = document.text[document.text.rfind("\n", 0, first_key.start) + 1 : first_key.start]
    if indent.strip():
        # The first key stands behind `---` on its line.
        indent = ""
    block = "".join(f"{indent}{name}: {value}{newline}" for name, value in missing.items())
    neighbours = [pair for pair in root.children if pair[0].text.startswith("calico_")]
    after = neighbours[-1] if neighbours else root.children[-1]
    for pair in dict.fromkeys((after, root.children[-1])):
        yield _after_line(
            document, pair[1] if pair[1].end > pair[0].end else pair[0], block, newline, missing
        )
    start = document.text.rfind("\n", 0, first_key.start) + 1
    yield _inserted(start, lambda _: block, missing)


def _after_line(
    document: ConfigDocument, node: Node, block: str, newline: str, missing: Mapping[str, str]
) -> list[Edit]:
    """The settings in lines of their own, below the line on which a value ends."""
    text = document.text
    content_end = node.start + len(text[node.start : node.end].rstrip())
    line_end = text.find("\n", content_end)
    if line_end < 0:
        # The last line has no end: the new ones have none either.
        return _inserted(len(text), lambda _: newline + block.removesuffix(newline), missing)
    return _inserted(line_end + 1, lambda _: block, missing)


def _in_mapping_flow(document: ConfigDocument, root: Node, missing: Mapping[str, str]) -> list[Edit]:
    """The settings at the end of a JSON-like mapping, with the separators that it has."""
    text = document.text
    last_key, last_value = root.children[-1]
    if len(root.children) > 1:
        previous_end = max(root.children[-2][0].end, root.children[-2][1].end)
        separator = text[previous_end : last_key.start]
    else:
        separator = "," + (text[root.start + 1 : last_key.start] or " ")
    if "#" in separator or not separator.lstrip().startswith(","):
        separator = ", "
    quote = text[last_key.start] if text[last_key.start] in "'\"" else ""
    between = re.match(r"\s*:\s*", text[last_key.end : last_value.start])
    colon = between.group() if between else ": "
    entries = (f"{quote}{name}{quote}{colon}{_in_flow(value)}" for name, value in missing.items())
    addition = "".join(separator + entry for entry in entries)
    return _inserted(max(last_key.end, last_value.end), lambda _: addition, missing)


def _in_flow(value: str) -> str:
    return value if value.isdigit() or value in ("true", "false") else f'"{value}"'


def _inserted(place: int, make: Callable[[int], str], missing: Mapping[str, str]) -> list[Edit]:
    """One insertion; it is one edit, because several at one place would have no order."""
    names = list(missing)
    return [
        Edit(
            place,
            place,
            make(place),
            RULE,
            pointer([names[0]]) if len(names) == 1 else "",
            None,
            {name: _typed(value) for name, value in missing.items()}
            if len(names) > 1
            else _typed(missing[names[0]]),
        )
    ]


def _by_place(edit: Edit) -> tuple[int, int]:
    return edit.start, edit.end


def _difference(document: ConfigDocument, edits: list[Edit], values: Mapping[str, str]) -> str:
    """How the new text, read again, differs from what was planned; empty where it does not."""
    from calico_config.document.reading import read_config

    changed = read_config(apply(document.text, edits))
    if changed.problem is not None:
        return f"the result could not be read: {changed.problem.message}"
    expected: dict[str, object] = {name: setting.text for name, setting in document.settings.items()}
    expected.update(values)
    if {name: setting.text for name, setting in changed.settings.items()} != expected:
        return "the result would have other settings than planned"
    for name, setting in document.settings.items():
        if name not in values and repr(setting.value) != repr(changed.settings[name].value):
            return f"the result would change {name} as well"
    return ""
