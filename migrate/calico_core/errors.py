"""The family of errors. Each knows its exit code, and its text says what the user can do."""

from __future__ import annotations

from calico_core.exits import ExitCode
from calico_core.legible import escaped


class CalicoMigrateError(Exception):
    """Base of every error that this tool raises on purpose.

    ``message`` says what is wrong and what to do. ``path`` is the file as the user gave it (``-`` for
    standard input); ``line`` and ``column`` count from 1, columns in code points.
    """

    exit_code: ExitCode = ExitCode.UNREADABLE

    def __init__(
        self, message: str, *, path: str | None = None, line: int | None = None, column: int | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.path = path
        self.line = line
        self.column = column

    def __str__(self) -> str:
        path = None if self.path is None else escaped(self.path)
        place = ":".join(str(part) for part in (path, self.line, self.column) if part is not None)
        return f"{place}: {self.message}" if place else self.message


class UsageError(CalicoMigrateError):
    """The command was called with options that do not fit together."""

    exit_code = ExitCode.USAGE


class InputError(CalicoMigrateError):
    """An input cannot be read, decoded or parsed, or is no document of the expected kind."""

    exit_code = ExitCode.UNREADABLE


class OutputError(CalicoMigrateError):
    """An output cannot be written; the file there keeps its old bytes."""

    exit_code = ExitCode.UNWRITTEN


class VerificationError(CalicoMigrateError):
    """A result did not pass the tool's own check or proof: the tool's fault, nothing is written."""

    exit_code = ExitCode.UNWRITTEN


class LiveError(CalicoMigrateError):
    """A step on a live system failed, or its outcome is unknown."""

    exit_code = ExitCode.LIVE


class InternalError(CalicoMigrateError):
    """Something that this tool did not expect: its own fault, and nothing of that input is written.

    ``traceback`` is what whoever mends it needs to see; ``--traceback`` shows it.
    """

    exit_code = ExitCode.UNWRITTEN
    traceback: str = ""

    @classmethod
    def of(cls, error: BaseException, *, path: str | None = None) -> InternalError:
        """The one line about an unexpected exception: what it was, where, and what to do."""
        from calico_core.legible import legible
        from calico_core.secrets import blotted

        said = legible(blotted(str(error)), _LONGEST_CAUSE)
        what = f"{type(error).__name__}: {said}" if said else type(error).__name__
        made = cls(
            f"internal error: {what}{_place_of(error)}; nothing of this input was written: please report this"
            " line, with the input if you may; --traceback shows the rest",
            path=path,
        )
        made.traceback = _formatted(error)
        return made


_LONGEST_CAUSE = 200


def _place_of(error: BaseException) -> str:
    """Where in this tool an exception came up."""
    place = ""
    step = error.__traceback__
    while step is not None:
        module = step.tb_frame.f_globals.get("__name__", "")
        if module.startswith("calico_"):
            place = f" in {module}:{step.tb_lineno}"
        step = step.tb_next
    return place


def _formatted(error: BaseException) -> str:
    from traceback import format_exception

    from calico_core.legible import harmless

    return harmless("".join(format_exception(error)))
