"""Proves the edits of a service specification by rendering it before and after, with two renderers.

Under each setting the only difference may be the old name becoming the new one at the places found: in the
rendered text, in the parsed document, and in what chevron renders, which knows nothing of this tool's
offsets.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from calico_core import spans
from calico_core.errors import InputError, VerificationError
from calico_core.spans import Span
from calico_migrate.mustache import scheduler, tokens
from calico_migrate.package.specification import yaml_places

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from calico_core.spans import Edit
    from calico_migrate.mustache.rendering import Rendering
    from calico_migrate.package.specification.networks import NetworkKey
    from calico_migrate.package.specification.views import View


def prove(text: str, edits: Sequence[Edit], views: Iterable[tuple[View, Sequence[NetworkKey]]]) -> None:
    """Raises VerificationError where any rendering changes in another way than the edits promise."""
    changed = spans.apply(text, edits)
    try:
        template = tokens.parse(changed)
    except InputError as error:
        raise VerificationError(f"the rewritten template can't be read: {error}") from None
    marked, marks = _marked(text, edits)
    replacements = {Span(edit.start, edit.end): edit.replacement for edit in edits}
    for view, keys in views:
        after = scheduler.render(template, view.environment).text
        if after != _expected(view.rendering, edits):
            raise VerificationError(_message(view, "renders differently than planned"))
        renamed = {
            id(key.node): replacements[key.origin.span]
            for key in keys
            if key.origin is not None and key.origin.span in replacements
        }
        _compare_documents(view, after, renamed)
        _compare_with_chevron(view, text, changed, marked, marks)


def _expected(rendering: Rendering, edits: Iterable[Edit]) -> str:
    planned = {Span(edit.start, edit.end): edit for edit in edits}
    places = [
        planned[span]._replace(start=place.start, end=place.end)
        for span, copies in rendering.places(planned).items()
        for place in copies
    ]
    return spans.apply(rendering.text, places)


def _compare_documents(view: View, after: str, renamed: dict[int, str]) -> None:
    try:
        document = yaml_places.compose(after)
    except yaml_places.YamlError as error:
        raise VerificationError(_message(view, f"does not parse any more ({error.message})")) from None
    if not yaml_places.same_tree(view.document.root, document.root, renamed):
        raise VerificationError(_message(view, "has other contents than planned"))


def _compare_with_chevron(
    view: View, before: str, after: str, marked: str, marks: Mapping[str, tuple[str, str]]
) -> None:
    values = {name: value.lower() == "true" or value for name, value in view.environment.items()}
    frame = _chevron(marked, values, view)
    for text, side in ((before, 0), (after, 1)):
        expected = frame
        for mark, names in marks.items():
            expected = expected.replace(mark, names[side])
        if _chevron(text, values, view) != expected:
            raise VerificationError(_message(view, "is rendered differently by a second renderer"))


def _chevron(template: str, values: Mapping[str, object], view: View) -> str:
    import chevron

    try:
        # Without a path for partials chevron reads no files.
        return str(chevron.render(template, dict(values), partials_path=None))
    except Exception as error:
        reason = f"can't be read by a second renderer ({type(error).__name__}: {error})"
        raise VerificationError(_message(view, reason)) from error


def _marked(text: str, edits: Sequence[Edit]) -> tuple[str, dict[str, tuple[str, str]]]:
    """The template with a mark at each edited place, and what each mark stands for before and after."""
    opening = next(chr(code) for code in range(0xE000, 0xF8FF) if chr(code) not in text)
    marks: dict[str, tuple[str, str]] = {}
    placed: list[Edit] = []
    for number, edit in enumerate(edits):
        mark = f"{opening}{number}{opening}"
        marks[mark] = (text[edit.start : edit.end], edit.replacement)
        placed.append(edit._replace(replacement=mark))
    return spans.apply(text, placed), marks


def _message(view: View, what: str) -> str:
    return f"the rewritten service specification, {view.setting.title}, {what}; it stays as it is"
