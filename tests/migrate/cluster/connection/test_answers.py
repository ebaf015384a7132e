"""What each answer means for the request that was sent, and whether it may be sent again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from calico_migrate.cluster.connection.answers import Answer, Failure, Meaning, failure, meaning

if TYPE_CHECKING:
    from pathlib import Path

JSON = {"content-type": "application/json"}
HTML = {"content-type": "text/html; charset=UTF-8"}


def answer(status: int | None, body: Any, headers: dict[str, str] = JSON) -> Answer:
    data = body.encode() if isinstance(body, str) else json.dumps(body).encode()
    return Answer("/path", status, headers, data)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (answer(200, {"version": "v", "deploymentId": "d"}), Meaning.DONE),
        (answer(201, {"version": "v"}), Meaning.DONE),
        (answer(200, "<html>", HTML), Meaning.UNKNOWN),
        (answer(200, '{"version": '), Meaning.UNKNOWN),
        (answer(200, [1]), Meaning.UNKNOWN),
        (answer(202, ""), Meaning.UNKNOWN),
        (answer(302, "<html>", HTML), Meaning.UNKNOWN),
        (answer(400, {"message": "Invalid JSON", "details": "end"}), Meaning.REFUSED),
        (answer(401, "", HTML), Meaning.UNAUTHORISED),
        (answer(403, "<html>", HTML), Meaning.REFUSED),
        (answer(403, {"message": "Max number (100) of running deployments is achieved."}), Meaning.BUSY),
        (answer(404, {"message": "App '/web' does not exist"}), Meaning.GONE),
        (answer(404, "404 Not Found: service not found.\n", {"content-type": "text/plain"}), Meaning.UNKNOWN),
        (answer(409, {"message": "locked", "deployments": [{"id": "d"}]}), Meaning.LOCKED),
        (answer(409, {"message": "An app with id [/web] already exists."}), Meaning.REFUSED),
        (answer(422, {"message": "Object is not valid", "details": []}), Meaning.REFUSED),
        (answer(500, {"message": "container network name is not defined"}), Meaning.UNKNOWN),
        (answer(502, "Could not determine the current leader", {}), Meaning.UNKNOWN),
        (answer(503, "", {}), Meaning.UNKNOWN),
        (answer(504, "<html>504", HTML), Meaning.UNKNOWN),
        (answer(None, "")._replace(failure=Failure.RESET), Meaning.UNKNOWN),
    ],
    ids=lambda value: str(value.status) if isinstance(value, Answer) else value.value,
)
def test_meanings(given: Answer, expected: Meaning) -> None:
    assert meaning(given) is expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (answer(200, {}), None),
        (answer(200, "<html>", HTML), Failure.NOT_JSON),
        (answer(302, ""), Failure.REDIRECT),
        (answer(409, {}), Failure.HTTP),
        (answer(504, ""), Failure.HTTP),
        (answer(None, "")._replace(failure=Failure.TIMEOUT), Failure.TIMEOUT),
    ],
)
def test_what_the_journal_calls_it(given: Answer, expected: Failure | None) -> None:
    assert failure(given) is expected


def test_every_known_error_answer_has_its_meaning(shared: Path) -> None:
    """No answer that may have had an effect counts as refused, and none that had none as done."""
    known = json.loads((shared / "corpus" / "live" / "errors.json").read_text())
    for entry in known:
        body = entry["body"]
        headers = {name.lower(): value for name, value in entry["headers"].items()}
        found = meaning(answer(entry["status"], body, headers))
        resend = entry["resend"]
        if "new token" in resend:
            assert found is Meaning.UNAUTHORISED, entry
        elif resend.startswith(("no: read", "read first", "GET only")) or entry["status"] >= 500:
            assert found is Meaning.UNKNOWN, entry
        elif resend.startswith("when that deployment"):
            assert found is Meaning.LOCKED, entry
        elif resend == "when fewer run":
            assert found is Meaning.BUSY, entry
        elif entry["status"] >= 400:
            assert found in (Meaning.REFUSED, Meaning.GONE), entry


def test_messages_are_one_legible_line() -> None:
    details = [{"path": "/networks", "errors": ["must not be\nempty"]}]
    said = answer(422, {"message": "Object \x1b[1m is not valid", "details": details}).message()
    assert said.startswith("HTTP 422: Object ")
    assert said.isprintable()
    assert "/networks must not be" in said
    wrapped = answer(404, {"message": '{"message": "pod with /p does not exist"}'})
    assert "pod with /p does not exist" in wrapped.message()
