"""One answer of the cluster, and what it means for the request that was sent.

What each status and body stands for is read from Admin Router (dcos/dcos packages/adminrouter), Marathon
(api/MarathonExceptionMapper.scala) and nginx; a body is only read as JSON where it may be JSON.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any, NamedTuple

from calico_core.errors import InputError
from calico_core.json import scanning
from calico_core.legible import legible
from calico_migrate.cluster.connection import cosmos

if TYPE_CHECKING:
    from collections.abc import Mapping

_NO_ROUTE = b"service not found"
_TOO_MANY = "Max number"


class Failure(str, Enum):
    """Why there is no answer, or none that says what became of a request; as the journal names it."""

    TIMEOUT = "timeout"
    RESET = "reset"
    HTTP = "http"
    NOT_JSON = "not-json"
    REDIRECT = "redirect"

    __str__ = str.__str__


class Meaning(Enum):
    """What an answer to a request that writes means."""

    DONE = "done"
    UNKNOWN = "unknown"
    UNAUTHORISED = "unauthorised"
    LOCKED = "locked"
    BUSY = "busy"
    GONE = "gone"
    REFUSED = "refused"


class Answer(NamedTuple):
    """What came back: ``status`` None where nothing did.

    ``failure`` and ``why`` say what is wrong with it.
    """

    path: str
    status: int | None
    headers: Mapping[str, str]
    body: bytes
    failure: Failure | None = None
    why: str = ""

    @property
    def says_html(self) -> bool:
        """Whether the body calls itself HTML: Admin Router's own word, never the service's."""
        return "html" in self.headers.get("content-type", "").lower()

    def json(self) -> Any:
        """The parsed body; raises InputError (without a path) where it is no JSON."""
        if self.says_html:
            raise InputError("is HTML and no JSON")
        try:
            text = self.body.decode("utf-8")
        except UnicodeDecodeError:
            raise InputError("is not UTF-8") from None
        start = scanning.begin(text)
        try:
            value, end = scanning.scan(text, start)
            scanning.finish(text, end)
        except RecursionError:
            raise InputError("is nested too deep to be read") from None
        return value

    def parsed(self) -> Any:
        """The parsed body, None where it is no JSON."""
        try:
            return self.json()
        except InputError:
            return None

    @property
    def is_redirect(self) -> bool:
        """Whether another address is named, which is never followed."""
        return self.status is not None and 300 <= self.status < 400

    @property
    def has_no_route(self) -> bool:
        """Whether Admin Router knows no such service, perhaps only for some seconds (lib/service.lua)."""
        return self.status == 404 and _NO_ROUTE in self.body[:200] and self.parsed() is None

    @property
    def error_type(self) -> str:
        """The type that an error of the package manager names, empty without one."""
        document = self.parsed()
        named = document.get("type") if isinstance(document, dict) else None
        return named if isinstance(named, str) else ""

    def message(self) -> str:
        """What the answer says, fit for one line."""
        if self.status is None:
            return self.why
        document = self.parsed()
        said = document.get("message") if isinstance(document, dict) else None
        details = document.get("details") if isinstance(document, dict) else None
        parts = [f"HTTP {self.status}"]
        if isinstance(said, str):
            parts.append(legible(said, 200))
        if isinstance(details, list):
            parts += [legible(_detail(each), 200) for each in details[:3] if isinstance(each, dict)]
        elif isinstance(details, str):
            parts.append(legible(details, 200))
        if said is None and not self.says_html and self.body:
            parts.append(legible(self.body[:200].decode("utf-8", "replace").strip(), 120))
        return ": ".join(part for part in parts if part)


def _detail(detail: Mapping[str, Any]) -> str:
    errors = detail.get("errors")
    texts = [each for each in errors if isinstance(each, str)] if isinstance(errors, list) else []
    return f"{detail.get('path', '')} {'; '.join(texts)}".strip()


def meaning(answer: Answer) -> Meaning:
    """What an answer to a request that writes means; whatever is not certain is UNKNOWN."""
    status = answer.status
    if answer.failure is not None or status is None or answer.is_redirect or status >= 500:
        return Meaning.UNKNOWN
    if status == 401:
        return Meaning.UNAUTHORISED
    document = answer.parsed()
    if status < 300:
        return Meaning.DONE if isinstance(document, dict) else Meaning.UNKNOWN
    if status == 409 and isinstance(document, dict) and "deployments" in document:
        return Meaning.LOCKED
    if status == 403 and isinstance(document, dict) and _TOO_MANY in str(document.get("message")):
        return Meaning.BUSY
    if status == 404 and isinstance(document, dict):
        return Meaning.GONE
    if status == 400 and answer.error_type == cosmos.NO_SUCH_SERVICE:
        return Meaning.GONE
    if answer.has_no_route:
        # The route is missing for some seconds; nothing reached Marathon, and reading tells.
        return Meaning.UNKNOWN
    return Meaning.REFUSED


def failure(answer: Answer) -> Failure | None:
    """How the journal names what is wrong with an answer to a request that writes."""
    if answer.failure is not None:
        return answer.failure
    if answer.is_redirect:
        return Failure.REDIRECT
    if answer.status is not None and answer.status >= 400:
        return Failure.HTTP
    return None if isinstance(answer.parsed(), dict) else Failure.NOT_JSON


def locking_deployments(answer: Answer) -> list[str]:
    """The ids of the deployments that a 409 names."""
    document = answer.parsed()
    listed = document.get("deployments") if isinstance(document, dict) else None
    return deployment_ids(listed)


def deployment_ids(listed: object) -> list[str]:
    """The ids in a list of ``{"id": …}``."""
    entries = listed if isinstance(listed, list) else []
    return [each["id"] for each in entries if isinstance(each, dict) and isinstance(each.get("id"), str)]
