"""How the package manager is spoken to: by POST alone, with media types of its own.

dcos/cosmos finch/RequestValidators.scala: any other Content-Type or Accept is refused (400 ``not_valid``).
"""

from __future__ import annotations

LIST = "/package/list"
"""What is installed: only apps whose labels hold a package that can be decoded."""

DESCRIBE = "/cosmos/service/describe"
"""A service's package, with its schema and template, and its options."""

UPDATE = "/cosmos/service/update"
"""Gives a service other options, and its app to Marathon anew."""

NO_SUCH_SERVICE = "MarathonAppNotFound"
"""The type of its 400 for a service that is not there (error/MarathonAppNotFound.scala)."""

QUESTIONS = frozenset({LIST, DESCRIBE})
"""What only reads."""


def headers(path: str) -> dict[str, str]:
    """The media types of a request to this path."""
    kind = path.removeprefix("/cosmos").strip("/").replace("/", ".")
    return {
        "Accept": _media_type(kind, "response"),
        "Content-Type": _media_type(kind, "request"),
    }


def _media_type(kind: str, what: str) -> str:
    return f"application/vnd.dcos.{kind}-{what}+json;charset=utf-8;version=v1"
