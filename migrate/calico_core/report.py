"""The one report model: what happened to each file; the formatters and the exit code read it."""

# No annotations as texts here: `NamedTuple` would compile each at every start.
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from calico_core.errors import CalicoMigrateError, InternalError
from calico_core.exits import ExitCode
from calico_core.findings import Finding, Severity
from calico_core.spans import Edit, Lines, Operation, by_place


class EditRecord(NamedTuple):
    """An edit as it is reported: line and column count from 1, columns in code points.

    ``operation`` and ``guard`` are those of `calico_core.spans.Edit`; ``id`` is what is edited: an app, pod,
    job, pool or package by its name.
    """

    pointer: str
    line: int
    column: int
    old: Any
    new: Any
    rule: str
    operation: Operation = "replace"
    guard: tuple[str, Any] | None = None
    id: str | None = None


def records(
    text: str,
    edits: Sequence[Edit],
    lines: Lines | None = None,
    identify: Callable[[int], str | None] | None = None,
) -> list[EditRecord]:
    """The edits of ``text`` as records, in the order of their places.

    ``lines`` are those of the text; ``identify`` says what stands at an offset, None for nothing with a name.
    """
    position = (lines or Lines(text)).position
    if identify is None:
        identify = _nothing
    return [
        EditRecord(pointer, *position(start), old, new, rule, operation, guard, identify(start))
        for start, _, _, rule, pointer, old, new, operation, guard in sorted(edits, key=by_place)
        if rule
    ]


def _nothing(_offset: int) -> str | None:
    return None


class Unplaced(Sequence[EditRecord]):
    """Edits of which nobody asked more than how many they are: finding their lines would cost time."""

    def __init__(self, count: int) -> None:
        self._count = count

    @classmethod
    def of(cls, edits: Iterable[Edit]) -> "Unplaced":
        """As many as `records` would report."""
        return cls(sum(1 for edit in edits if edit.rule))

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, index: Any) -> Any:
        raise LookupError("these edits were counted and not placed")


class FileError(NamedTuple):
    """Why a file could not be processed; line and column where a place is known.

    ``traceback`` is what ``--traceback`` shows of an internal error.
    """

    message: str
    line: int | None = None
    column: int | None = None
    exit_code: ExitCode = ExitCode.UNREADABLE
    traceback: str = ""

    @classmethod
    def of(cls, error: CalicoMigrateError, path: str | None = None) -> "FileError":
        """What an error says, without its path, unless that is an output elsewhere than the file ``path``."""
        message = error.message
        if path is not None and error.path is not None and error.path != path:
            message = f"{error.path}: {message}"
        traceback = error.traceback if isinstance(error, InternalError) else ""
        return cls(message, error.line, error.column, error.exit_code, traceback)


class FileReport(NamedTuple):
    """What happened to one file.

    ``path`` is as given (``-`` for standard input), ``kind`` one of the report's kinds, ``extra`` what a
    command adds to its files (``installer`` of ``config check``). ``patchable`` says whether the edits'
    pointers address the file itself as JSON, which ``--format jsonpatch`` needs.
    """

    path: str
    kind: str
    edits: Sequence[EditRecord] = ()
    findings: Sequence[Finding] = ()
    error: FileError | None = None
    skipped: bool = False
    patchable: bool = False
    extra: dict[str, Any] | None = None

    def about(self, identity: str | None) -> "FileReport":
        """The same with a name for every edit and finding that has none of its own."""
        if not identity or (all(edit.id for edit in self.edits) and all(found.id for found in self.findings)):
            return self
        return self._replace(
            edits=[edit if edit.id else edit._replace(id=identity) for edit in self.edits],
            findings=[found if found.id else found._replace(id=identity) for found in self.findings],
        )

    @property
    def changed(self) -> bool:
        """Whether the file would get other bytes."""
        return bool(self.edits) and self.error is None


class Summary(NamedTuple):
    """The totals of a report, in the order in which the JSON report has them."""

    files: int
    changed: int
    edits: int
    errors: int
    warnings: int
    infos: int
    failed: int
    skipped: int


class Report(NamedTuple):
    """The reports of all files of one run.

    ``totals`` is what a command adds to the summary (``undecided``).
    ``configuration`` is the file by which it was made, ``settled_findings`` and ``settled_edits`` how much is
    left out because that file, or a line itself, says so; ``ignored_findings`` is how many ``--ignore`` left
    out.
    """

    files: Sequence[FileReport]
    totals: Mapping[str, int] | None = None
    configuration: str | None = None
    settled_findings: int = 0
    settled_edits: int = 0
    ignored_findings: int = 0

    def summary(self) -> Summary:
        """The totals."""
        counts = dict.fromkeys(Severity, 0)
        for file in self.files:
            for finding in file.findings:
                counts[finding.severity] += 1
        return Summary(
            files=len(self.files),
            changed=sum(file.changed for file in self.files),
            edits=sum(len(file.edits) for file in self.files if file.error is None),
            errors=counts[Severity.ERROR],
            warnings=counts[Severity.WARNING],
            infos=counts[Severity.INFO],
            failed=sum(file.error is not None for file in self.files),
            skipped=sum(file.skipped for file in self.files),
        )

    def without(self, rules: Collection[str]) -> "Report":
        """The report without the findings of the named rules (``--ignore``)."""
        if not rules:
            return self
        files = [
            file._replace(findings=[each for each in file.findings if each.rule not in rules])
            for file in self.files
        ]
        left = sum(len(file.findings) for file in files)
        ignored = sum(len(file.findings) for file in self.files) - left
        return self._replace(files=files, ignored_findings=self.ignored_findings + ignored)

    def statistics(self) -> dict[str, int]:
        """How many findings and edits each rule has, the most first."""
        counts: dict[str, int] = {}
        for file in self.files:
            rules = [edit.rule for edit in file.edits] if file.error is None else []
            rules += [finding.rule for finding in file.findings]
            for rule in rules:
                counts[rule] = counts.get(rule, 0) + 1
        return dict(sorted(counts.items(), key=lambda entry: (-entry[1], entry[0])))

    def exit_code(self, fail_on: Severity | None, *, changes_count: bool = False) -> ExitCode:
        """The exit code that this report stands for.

        ``fail_on`` None means never; ``changes_count`` is ``--check``: a change is then an exit of 1.
        """
        from calico_core.exits import strongest

        codes = [file.error.exit_code for file in self.files if file.error is not None]
        if changes_count and any(file.changed for file in self.files):
            codes.append(ExitCode.FOUND)
        if fail_on is not None and any(
            finding.severity.rank >= fail_on.rank for file in self.files for finding in file.findings
        ):
            codes.append(ExitCode.FOUND)
        return strongest(codes)
