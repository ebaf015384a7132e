"""``--format jsonpatch``: RFC 6902, built from the edits, each change guarded by a ``test`` operation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from calico_core.json.printing import printed

if TYPE_CHECKING:
    from calico_core.report import EditRecord, FileReport, Report


def render(report: Report) -> str:
    """One input gives one array, several an object of path to array."""
    patches = {
        file.path: operations(file) for file in report.files if file.error is None and not file.skipped
    }
    if len(report.files) == 1:
        return printed(next(iter(patches.values()), []), 2) + "\n"
    return printed(patches, 2) + "\n"


def operations(file: FileReport) -> list[dict[str, Any]]:
    """The operations that turn the parsed document into the rewritten one.

    Array elements are taken out last and from the end, because each removal moves the ones behind it.
    """
    if not file.patchable:
        return []
    removed = [edit for edit in file.edits if edit.operation == "remove"]
    moved = [edit for edit in file.edits if edit.operation == "move"]
    kept = [edit for edit in file.edits if edit.operation in ("add", "replace")]
    guarded = [operation for edit in (*kept, *reversed(removed)) for operation in _guarded(edit)]
    return guarded + [{"op": "move", "from": edit.old, "path": edit.pointer} for edit in moved]


def _guarded(edit: EditRecord) -> list[dict[str, Any]]:
    pointer, value = edit.guard if edit.guard is not None else (edit.pointer, edit.old)
    change: dict[str, Any] = {"op": edit.operation, "path": edit.pointer}
    if edit.operation != "remove":
        change["value"] = edit.new
    return [{"op": "test", "path": pointer, "value": value}, change]
