"""``python -m calico_migrate`` and the ``calico-migrate`` command."""

from __future__ import annotations

import io
import os
import sys

# Type checkers take this name for true; importing typing would cost more than `--version` does.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn


def command() -> NoReturn:
    """Runs the command line and ends the process, without taking its memory apart first.

    Taking apart what was imported and read costs as much as a fifth of a short run and changes nothing:
    files are closed and temporary ones are gone when a command returns. A tracer or profiler, which has
    something to say at the end, gets the usual end.
    """
    try:
        _be_patient()
        code = main()
        code = _flushed(code)
    except KeyboardInterrupt:
        # Ctrl-C while the command line was still being built.
        from calico_migrate.cli import interrupted

        code = interrupted()
    if code > 128:
        from calico_core.signals import raise_again

        raise_again()
    if _is_watched():
        sys.exit(code)
    os._exit(code)


def _flushed(code: int) -> int:
    """The exit code once all that was said is out."""
    try:
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
    except OSError as error:
        from calico_migrate.cli import unwritable

        unwritten = unwritable(error)
        # That somebody interrupted it says more than that the terminal is gone besides.
        return code if code >= 128 else unwritten
    return code


class _Patient(io.FileIO):
    """A stream whose reader may go away (`| head`): it has read enough, and what else comes is dropped."""

    def write(self, data: Any) -> int:
        """Writes, or drops what nobody reads any more."""
        try:
            return super().write(data)
        except BrokenPipeError:
            return len(data)


def _be_patient() -> None:
    """Lets standard output and error outlive their readers, in every command alike."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            # Closed: the next file that is opened would get its number. This one takes nothing.
            sink = os.fdopen(os.open(os.devnull, os.O_RDONLY), "w", encoding="utf-8")
            setattr(sys, name, sink)
        else:
            stream.flush()
            raw = io.BufferedWriter(_Patient(stream.fileno(), "w", closefd=False))
            patient = io.TextIOWrapper(
                raw,
                encoding=stream.encoding,
                errors=stream.errors,
                line_buffering=stream.line_buffering or name == "stderr",
            )
            setattr(sys, name, patient)


def _is_watched() -> bool:
    """Whether a tracer or profiler has something to say when the process ends."""
    if sys.gettrace() is not None or sys.getprofile() is not None:
        return True
    # Since Python 3.12 they may be tools with one of six numbers instead.
    monitoring = getattr(sys, "monitoring", None)
    return monitoring is not None and any(monitoring.get_tool(number) for number in range(6))


def main() -> int:
    """Runs the command line of this process; answers the exit code."""
    arguments = sys.argv[1:]
    until = arguments.index("--") if "--" in arguments else len(arguments)
    if "--version" in arguments[:until]:
        # Answered before the command line is built: importing Typer costs more than all of this.
        from calico_migrate._version import __version__

        try:
            print(f"calico-migrate {__version__}", flush=True)  # noqa: T201
        except OSError as error:
            from calico_migrate.cli import unwritable

            return unwritable(error)
        return 0
    import gc

    # A command runs once: the collector would look at what was just imported again and again.
    gc.set_threshold(100_000, 50, 50)
    from calico_core.signals import install

    install()
    from calico_migrate.cli import run

    return run(arguments)


if __name__ == "__main__":
    command()
