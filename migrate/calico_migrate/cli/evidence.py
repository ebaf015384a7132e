"""What a page rests on, for its footer: the program, the command, the inputs by their hashes, the date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calico_migrate.cli.call import CALL

if TYPE_CHECKING:
    from collections.abc import Iterable

    from calico_templates.page import Evidence


def evidence(inputs: Iterable[tuple[str, bytes]]) -> list[Evidence]:
    """The footer's lines for a page made from these inputs: their names and their bytes.

    Raises UsageError where ``SOURCE_DATE_EPOCH`` is no number of seconds.
    """
    import shlex
    from hashlib import sha256

    from calico_core.secrets import blotted
    from calico_migrate._version import __version__
    from calico_templates.page import Evidence, Source

    lines = [Evidence("program", [Source(f"calico-migrate {__version__}")])]
    if CALL.arguments:
        lines.append(Evidence("command", [Source(blotted(shlex.join(("calico-migrate", *CALL.arguments))))]))
    sources = [Source(name, sha256(data).hexdigest()) for name, data in inputs]
    if sources:
        lines.append(Evidence("inputs (SHA-256)", sources))
    return [*lines, Evidence("date", [Source(date())])]


def date() -> str:
    """The date and time in UTC: ``SOURCE_DATE_EPOCH``'s where that is set, so that a page can be made again.

    Raises UsageError where it is no number of seconds that a date can have.
    """
    import os
    import time

    from calico_core.errors import UsageError

    given = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        moment = time.gmtime(int(given) if given else None)
    except (ValueError, OverflowError, OSError) as error:
        message = f"SOURCE_DATE_EPOCH is {given!r}; set it to seconds since 1970, or unset it"
        raise UsageError(message) from error
    return time.strftime("%Y-%m-%d %H:%M:%S UTC", moment)
