"""Running the command line in this process, as its entry point does."""

from __future__ import annotations

import io
import json
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator


class Result(NamedTuple):
    """What a command said and how it ended."""

    code: int
    out: bytes
    error: bytes

    @property
    def text(self) -> str:
        """Standard output."""
        return self.out.decode()

    @property
    def errors(self) -> str:
        """Standard error."""
        return self.error.decode()

    @property
    def json(self) -> Any:
        """Standard output, parsed."""
        return json.loads(self.out)


def run(*arguments: str, stdin: bytes = b"") -> Result:
    """Runs ``calico-migrate ARGUMENTS`` with these bytes on standard input, no terminal anywhere."""
    from calico_migrate.cli import run as run_command

    out, error = io.BytesIO(), io.BytesIO()
    with _streams(stdin, out, error):
        code = run_command(arguments)
        sys.stdout.flush()
        sys.stderr.flush()
    return Result(code, out.getvalue(), error.getvalue())


@contextmanager
def _streams(stdin: bytes, out: io.BytesIO, error: io.BytesIO) -> Iterator[None]:
    saved = sys.stdin, sys.stdout, sys.stderr
    sys.stdin = io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8")
    sys.stdout = io.TextIOWrapper(out, encoding="utf-8", errors="surrogateescape")
    sys.stderr = io.TextIOWrapper(error, encoding="utf-8", errors="backslashreplace")
    try:
        yield
    finally:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
            stream.detach()
        sys.stdin, sys.stdout, sys.stderr = saved
