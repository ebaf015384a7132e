"""Reading with patience: GETs are tried again while the cluster has an outage, and nothing else ever is."""

from __future__ import annotations

import json
import random
import time
from typing import TYPE_CHECKING, Any, NamedTuple

from calico_core.errors import InputError
from calico_core.legible import legible
from calico_migrate.cluster import durations
from calico_migrate.cluster.connection.failures import (
    RedirectError,
    RefusedError,
    UnauthorisedError,
    UnreachableError,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from calico_migrate.cluster.connection.answers import Answer
    from calico_migrate.cluster.connection.client import Client

_OUTAGE = frozenset({502, 503, 504})
_FIRST_PAUSE = 0.2
_LONGEST_PAUSE = 5.0


class Document(NamedTuple):
    """An answer of 200 and what its JSON says."""

    answer: Answer
    value: Any


class Reader:
    """GETs of one cluster; ``outage`` is for how many seconds a failing one is tried again.

    ``waiting`` is told why a read is tried again, ``pause`` waits (and may be cut short by a signal).
    """

    def __init__(
        self,
        client: Client,
        outage: float,
        *,
        waiting: Callable[[str], object] = lambda _: None,
        pause: Callable[[float], object] = time.sleep,
    ) -> None:
        self.client = client
        self._outage = outage
        self._waiting = waiting
        self._pause = pause

    def tell(self, waiting: Callable[[str], object]) -> None:
        """Tells somebody else from now on why a read is tried again."""
        self._waiting = waiting

    def document(
        self,
        path: str,
        shape: Callable[[Any], bool] = lambda _: True,
        *,
        within: float | None = None,
        route_may_miss: bool = False,
        question: Any = None,
        statuses: Collection[int] = (200,),
    ) -> Document:
        """The JSON at a path; ``shape`` says whether it is what it should be.

        ``question`` is what the package manager is asked there; answers of all ``statuses`` count.

        ``within`` shortens the time for outages; with ``route_may_miss`` a service that the front door does
        not know is a refusal, and no outage. Raises UnauthorisedError, RedirectError, RefusedError for any
        other status, and UnreachableError after the time for outages.
        """
        outage = self._outage if within is None else min(within, self._outage)
        end = time.monotonic() + outage
        pause = _FIRST_PAUSE
        renewed = False
        while True:
            answer = self._asked(path, question)
            if answer.status == 401:
                if renewed or not self.client.renew_token():
                    raise UnauthorisedError(
                        f"the cluster refuses the token (HTTP 401 of {path}); log in again, or give a newer"
                        " one with --token-file"
                    )
                renewed = True
                continue
            if route_may_miss and answer.has_no_route:
                raise RefusedError(f"{path} answered {answer.message()}", answer.status)
            why, value = self._judged(answer, shape, statuses)
            if not why:
                return Document(answer, value)
            remaining = end - time.monotonic()
            if remaining <= 0:
                raise UnreachableError(
                    f"{path} gave no usable answer for {durations.text(outage)}: {why}"
                    if outage
                    else f"{path} gave no usable answer: {why}"
                )
            self._waiting(f"{path}: {why}")
            self._pause(min(remaining, pause * random.uniform(0.5, 1.0)))  # noqa: S311
            pause = min(pause * 2, _LONGEST_PAUSE)

    def value_or_none(self, path: str, shape: Callable[[Any], bool], **how: Any) -> Any:
        """The JSON at a path, None where there is no such thing (404); ``how`` as for `document`.

        Raises what `document` raises for everything else.
        """
        try:
            return self.document(path, shape, **how).value
        except RefusedError as error:
            if error.status != 404:
                raise
            return None

    def _asked(self, path: str, question: Any) -> Answer:
        if question is None:
            return self.client.get(path)
        return self.client.ask(path, json.dumps(question).encode("ascii"))

    def _judged(
        self, answer: Answer, shape: Callable[[Any], bool], statuses: Collection[int]
    ) -> tuple[str, Any]:
        """Why an answer is none that can be used yet (empty where it is), and its JSON."""
        if answer.is_redirect:
            raise RedirectError(
                f"{answer.path} answered {answer.why}; a cluster's API does not redirect, so the URL or what"
                " stands in front of it is wrong"
            )
        if answer.status is None:
            if answer.why.startswith("TLS: "):
                raise RefusedError(
                    f"the cluster's certificate does not pass: {answer.why[5:]}; name whom to trust with"
                    " --ca",
                    None,
                )
            return answer.why, None
        if answer.status in _OUTAGE or answer.has_no_route:
            return answer.message(), None
        if 200 < answer.status < 300 and answer.status not in statuses:
            return f"{answer.message()}, without what was asked for", None
        if answer.status not in statuses:
            raise RefusedError(f"{answer.path} answered {answer.message()}", answer.status, answer.error_type)
        try:
            value = answer.json()
        except InputError as error:
            return f"the answer {legible(error.message, 120)}", None
        if not shape(value):
            return "the answer is JSON of another shape", None
        return "", value


def is_object(value: Any) -> bool:
    """Whether a value is a JSON object."""
    return isinstance(value, dict)


def is_list(value: Any) -> bool:
    """Whether a value is a JSON array."""
    return isinstance(value, list)


def has_list(key: str) -> Callable[[Any], bool]:
    """Whether a value is an object with an array under a key."""
    return lambda value: isinstance(value, dict) and isinstance(value.get(key), list)


def has_object(key: str) -> Callable[[Any], bool]:
    """Whether a value is an object with an object under a key."""
    return lambda value: isinstance(value, dict) and isinstance(value.get(key), dict)
