"""One run at a time per plan: ``PLAN.lock``, held as long as the process lives."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

from calico_core.errors import OutputError, UsageError
from calico_core.sources import reason
from calico_migrate.cluster.files import PRIVATE

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextlib.contextmanager
def lock(plan: str) -> Iterator[None]:
    """Keeps every other run of this plan out. Raises UsageError where one is under way, and OutputError."""
    import fcntl

    path = f"{plan}.lock"
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, PRIVATE)
    except OSError as error:
        raise OutputError(f"cannot be written: {reason(error)}", path=path) from error
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise UsageError(
                f"another run of this plan is under way and holds {path}; wait for its end, or end it"
            ) from None
        except OSError as error:
            raise OutputError(f"cannot be locked: {reason(error)}", path=path) from error
        yield
    finally:
        os.close(descriptor)
