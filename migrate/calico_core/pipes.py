"""Reading a named pipe, which may have no writer."""

from __future__ import annotations

from calico_core.errors import InputError

PATIENCE = 2.0
"""How many seconds a named pipe may stay without a writer."""


def read_pipe(path: str, limit: int) -> bytes:
    """What is written into a named pipe, at most ``limit`` bytes of it where that is not negative.

    Raises InputError where no writer opens it within `PATIENCE`, and OSError.
    """
    from threading import Event, Thread

    opened = Event()
    result: list[bytes | OSError] = []

    def read() -> None:
        try:
            with open(path, "rb") as pipe:
                opened.set()
                result.append(pipe.read(limit))
        except OSError as error:
            result.append(error)
            opened.set()

    # Opening a pipe waits for its writer: another thread does it, for which nobody waits at the end.
    thread = Thread(target=read, daemon=True)
    thread.start()
    if not opened.wait(PATIENCE):
        raise InputError(f"is a named pipe that nobody writes to (waited {PATIENCE:.0f} s)", path=path)
    thread.join()
    (outcome,) = result
    if isinstance(outcome, OSError):
        raise outcome
    return outcome
