"""Python's cycle collector, set aside while a large document is taken in."""

from __future__ import annotations

import contextlib
import gc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextlib.contextmanager
def set_aside() -> Iterator[None]:
    """What is parsed has no cycles; the collector would look at each value many times for nothing."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
