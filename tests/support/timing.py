"""How much work something was, whatever else the machine does meanwhile."""

from __future__ import annotations

import resource
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class Spent:
    """The CPU time of this process and of its children that have ended, in seconds, once the block is done."""

    seconds = 0.0


@contextmanager
def cpu_time() -> Iterator[Spent]:
    """Measures the block that it stands around."""
    spent, begun = Spent(), _now()
    yield spent
    spent.seconds = _now() - begun


def _now() -> float:
    used = [resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)
