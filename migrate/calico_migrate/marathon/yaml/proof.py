"""The proof of a result in YAML: the new text, read again, has exactly the values that were planned."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Any, NamedTuple

from calico_core.errors import InputError, VerificationError
from calico_core.json import scanning
from calico_core.json.pointers import keys_of, pointer
from calico_core.yaml.composing import YamlError, compose
from calico_core.yaml.nodes import SCALAR, SEQUENCE
from calico_migrate.marathon.verification import apply_operations, target
from calico_migrate.marathon.yaml.values import Values, node_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calico_core.json.pointers import Path
    from calico_core.spans import Edit
    from calico_core.yaml.composing import Dialect
    from calico_core.yaml.nodes import Document


class _Planned(NamedTuple):
    """The edits of one document: of its YAML, and of JSON in its block scalars, by their paths."""

    document: Document
    edits: list[Edit]
    blocks: dict[Path, list[Edit]]


def prove(documents: Sequence[Document], edits: Sequence[Edit], after: str, dialect: Dialect) -> None:
    """Raises VerificationError where the new text of these documents does not hold what the edits say."""
    planned = _by_document(documents, edits)
    try:
        results = [Values().of(document.root) for document in compose(after, dialect)]
        for each, result in zip(planned, results, strict=True):
            for path in each.blocks:
                holder, key = target(result, pointer(path)[1:])
                holder[key] = scanning.loads(holder[key])
    except (YamlError, InputError, ValueError, KeyError, IndexError, TypeError) as error:
        raise _fault(str(error)) from error
    for number, (each, result) in enumerate(zip(planned, results, strict=True), 1):
        if _expected(each) != result:
            raise _fault(f"document {number}")


def _by_document(documents: Sequence[Document], edits: Sequence[Edit]) -> list[_Planned]:
    """Whose each edit is, by where it stands."""
    planned = [_Planned(document, [], {}) for document in documents]
    starts = [document.start for document in documents]
    for edit in edits:
        each = planned[max(bisect_right(starts, edit.start) - 1, 0)]
        block = _block(each.document, edit.pointer)
        if block is None:
            each.edits.append(edit)
        else:
            each.blocks.setdefault(block, []).append(edit)
    return planned


def _block(document: Document, text: str) -> Path | None:
    """The path of the block scalar that a pointer leads into; None for one that stays in the YAML."""
    node = document.root
    path: list[str | int] = []
    for name in keys_of(text):
        held = node.resolved
        if held.kind == SCALAR:
            return tuple(path)
        step: str | int = int(name) if held.kind == SEQUENCE else name
        try:
            node = node_at(held, (step,))
        except KeyError:
            # A member that is added.
            return None
        path.append(step)
    return None


def _expected(planned: _Planned) -> Any:
    """The value that the edits make of a document."""
    renamed: dict[int, Any] = {}
    structural: list[Edit] = []
    for edit in planned.edits:
        node = _scalar_node(planned.document, edit)
        if node is None:
            structural.append(edit)
        else:
            renamed[node] = edit.new
    value = Values(renamed).of(planned.document.root)
    kept = [edit for edit in structural if edit.operation != "remove"]
    removed = [edit for edit in structural if edit.operation == "remove"]
    done: set[tuple[int, int, str]] = set()
    for edit in (*kept, *sorted(removed, key=lambda each: each.start, reverse=True)):
        if not edit.rule:
            continue
        holder, key = target(value, edit.pointer[1:])
        # What an alias shares is one object for all of its users: it is changed once.
        token = (id(holder), edit.start, edit.pointer.rpartition("/")[2])
        if token in done:
            continue
        done.add(token)
        if edit.operation == "remove":
            del holder[key]
        else:
            holder[key] = edit.new
    for path, edits in planned.blocks.items():
        holder, key = target(value, pointer(path)[1:])
        content = scanning.loads(holder[key])
        apply_operations(content, edits, len(pointer(path)))
        holder[key] = content
    return value


def _scalar_node(document: Document, edit: Edit) -> int | None:
    """The scalar that an edit replaces, whoever uses it; None for every other edit."""
    if edit.operation != "replace" or isinstance(edit.old, dict | list):
        return None
    node = node_at(document.root, _path(document, edit.pointer)).resolved
    return id(node) if node.kind == SCALAR else None


def _path(document: Document, text: str) -> Path:
    """The path of a pointer in a document."""
    node, path = document.root, []
    for name in keys_of(text):
        here: str | int = int(name) if node.resolved.kind == SEQUENCE else name
        path.append(here)
        node = node_at(node, (here,))
    return tuple(path)


def _fault(where: str) -> VerificationError:
    return VerificationError(
        f"the result is not what was planned ({where}); nothing is written"
        " (this is a fault of the tool, please report it)"
    )
