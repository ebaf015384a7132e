"""What of an answer is the definition, and how two definitions are compared.

*Stripped* is a definition without what Marathon adds and without the number of instances, which an autoscaler
or an operator may change at any time. A *digest* is the hash of a canonical spelling, so that the order of
keys, blanks and the spelling of numbers do not count.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from calico_core.errors import InputError
from calico_migrate.marathon.parsed.fields import RUNTIME_FIELDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from calico_migrate.cluster.ids import Kind

# What stands in the spelling of `json.dumps` without blanks where a number has nothing behind its point.
_WHOLE_FLOATS = (".0,", ".0}", ".0]", "e+")
# What is no part of the definition: of a job what its embeds add, which a PUT would be refused for
# (dcos/metronome, api/src/main/resources/public/api/v1/schema: additionalProperties false).
_REMOVED: dict[str, frozenset[str]] = {
    "app": RUNTIME_FIELDS | {"instances"},
    "pod": RUNTIME_FIELDS | {"scaling"},
    "job": frozenset({"activeRuns", "history", "historySummary", "schedules"}),
    "package": frozenset(),
    "edgelb-pool": frozenset({"count"}),
}


def stripped(kind: Kind, body: Mapping[str, Any]) -> dict[str, Any]:
    """A definition without what tells of the running app, its version and its number of instances."""
    removed = _REMOVED[kind]
    return {key: value for key, value in body.items() if key not in removed}


def canonical(value: Any) -> bytes:
    """UTF-8 JSON with sorted keys, no blanks, no ASCII escapes, and numbers by value (1.0 is 1).

    Raises InputError for numbers that JSON does not have.
    """
    try:
        text = _dumped(value)
        if any(mark in text for mark in _WHOLE_FLOATS) or text.endswith(".0"):
            text = _dumped(_by_value(value))
    except (ValueError, RecursionError):
        raise InputError("holds a number that JSON does not have, or is nested too deep") from None
    return text.encode("utf-8", "surrogatepass")


def digest(value: Any) -> str:
    """``sha256:`` and the hash of the `canonical` spelling."""
    return "sha256:" + hashlib.sha256(canonical(value)).hexdigest()


def digest_of(kind: Kind, body: Mapping[str, Any]) -> str:
    """The digest of a definition as it was answered."""
    return digest(stripped(kind, body))


def _dumped(value: Any) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def _by_value(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _by_value(each) if type(each) not in _PLAIN else each for key, each in value.items()}
    if isinstance(value, list):
        return [_by_value(each) if type(each) not in _PLAIN else each for each in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


_PLAIN = frozenset({str, int, bool, type(None)})
