"""What goes wrong on the way, at a chosen request."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.support.standin.cluster import Cluster


class Answered(NamedTuple):
    """An answer: its status, headers and body."""

    status: int
    headers: dict[str, str]
    body: bytes


class Fault:
    """At requests with this method whose path matches, ``times`` of them after ``skip``.

    ``kind``: ``reset-before`` and ``reset-after`` end the connection without a word, before or after the request
    was carried out; ``504-after`` and ``502-before`` are Admin Router's; ``malformed``, ``html`` and
    ``cut`` spoil a good answer; ``answer`` gives ``answered`` instead; ``hang`` waits ``seconds`` before it ends;
    ``act`` calls ``action`` with the cluster first and then answers as always.
    """

    def __init__(
        self,
        method: str,
        pattern: str,
        kind: str,
        *,
        times: int = 1,
        skip: int = 0,
        answered: Answered | None = None,
        action: Callable[[Cluster], object] | None = None,
        seconds: float = 0.0,
    ) -> None:
        self.method = method
        self._pattern = re.compile(pattern)
        self.kind = kind
        self.times = times
        self.skip = skip
        self.answered = answered
        self.action = action
        self.seconds = seconds
        self.met = 0

    def meets(self, method: str, path: str) -> bool:
        """Whether it strikes at this request; counts."""
        if method != self.method or self._pattern.search(path) is None:
            return False
        self.met += 1
        return self.skip < self.met <= self.skip + self.times


def redirect(to: str) -> Answered:
    """A redirect."""
    return Answered(302, {"Location": to, "Content-Type": "text/html"}, b"<html>Found</html>")


UNAUTHORISED = Answered(
    401,
    {"Content-Type": "text/html; charset=UTF-8", "WWW-Authenticate": "oauthjwt"},
    b"<html><h1>401</h1></html>",
)
GATEWAY_TIMEOUT = Answered(504, {"Content-Type": "text/html"}, b"<html><h1>504 Gateway Time-out</h1></html>")
NO_LEADER = Answered(502, {"Content-Type": "text/plain"}, b"Could not determine the current leader")
HTML = Answered(200, {"Content-Type": "text/html"}, b"<html>hello</html>")
