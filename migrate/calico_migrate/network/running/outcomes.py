"""What is known of an agent after a script ran there, told from its last line and its exit code."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from calico_core.legible import legible
from calico_migrate.network.markers import SCRIPT_CODE_BY_NUMBER, Marker
from calico_migrate.network.running.ssh import SSH_FAILED

if TYPE_CHECKING:
    from calico_migrate.network.promise import Promise
    from calico_migrate.network.running.ssh import Answer

# The words with which a run that changes or verifies ends well; `ready` and `would-…` promise nothing.
_RIGHT_WORDS = frozenset(("created", "present", "verified"))

_EXPLAINING_LINES = 6
_LONGEST_MESSAGE = 600
_ASIDES = ("Warning: ", "** ")


class State(str, Enum):
    """What is known of an agent.

    ``right``: it has what was promised. ``different``: it has something else. ``failed``: a step failed
    and the script said which. ``unknown``: nothing is known, whatever the exit code was. ``not-run``: the
    script was never sent.
    """

    RIGHT = "right"
    DIFFERENT = "different"
    FAILED = "failed"
    UNKNOWN = "unknown"
    NOT_RUN = "not-run"

    __str__ = str.__str__


class AgentOutcome(NamedTuple):
    """What one run of the script said.

    ``word`` and ``code`` are those of the marker line (empty and None without one), ``status`` is ssh's
    exit code (None where it was ended from here).
    """

    agent: str
    state: State
    message: str
    word: str = ""
    code: int | None = None
    status: int | None = None
    seconds: float = 0.0
    errors: str = ""


def judge(promise: Promise, agent: str, answer: Answer, timeout: float) -> AgentOutcome:
    """What an answer says about an agent: unknown wherever it does not say it clearly."""
    marker = Marker.of_output(answer.output)

    def outcome(state: State, message: str) -> AgentOutcome:
        return AgentOutcome(
            agent=agent,
            state=state,
            message=legible(message, _LONGEST_MESSAGE),
            word=legible(marker.word) if marker else "",
            code=marker.code if marker else None,
            status=answer.status,
            seconds=round(answer.seconds, 3),
            errors=answer.errors,
        )

    if not answer.is_complete or marker is None:
        return outcome(State.UNKNOWN, _why_unknown(answer, timeout))
    if marker.network != promise.network or marker.agent not in (agent, "-"):
        return outcome(
            State.UNKNOWN,
            f"its last line speaks of the network {marker.network} on {marker.agent}: another script",
        )
    meaning = SCRIPT_CODE_BY_NUMBER.get(marker.code)
    if marker.code != answer.status or meaning is None or (marker.code and marker.word != meaning.word):
        return outcome(
            State.UNKNOWN,
            f"its last line says {marker.word} ({marker.code}), and its exit code is {answer.status}",
        )
    if meaning.standing == "right":
        if marker.word not in _RIGHT_WORDS:
            return outcome(State.UNKNOWN, f"it only says {marker.word!r}, which promises nothing")
        return outcome(State.RIGHT, marker.word)
    said = _last_lines(answer.errors, _EXPLAINING_LINES) or meaning.meaning
    return outcome(
        State.DIFFERENT if meaning.standing == "different" else State.FAILED, f"{marker.word}: {said}"
    )


def _why_unknown(answer: Answer, timeout: float) -> str:
    if answer.ended == "timeout":
        return (
            f"no answer within {timeout:g} s; what it does now is not known, and the network may still come"
        )
    if answer.ended == "interrupt":
        return "interrupted while the script ran there"
    if answer.ended == "output":
        return "it sent more output than any run of the script has"
    said = _last_lines(answer.errors, 1)
    if answer.status == SSH_FAILED:
        return said or "ssh ended with 255 and no word"
    if answer.status is not None and answer.status < 0:
        return f"ssh was ended by signal {-answer.status}" + (f": {said}" if said else "")
    return f"exit code {answer.status} without the script's last line" + (f": {said}" if said else "")


def _last_lines(text: str, count: int) -> str:
    """The last lines that say something; what ssh says about keys comes before and explains nothing."""
    lines = [line.strip() for line in text.replace("\r", "\n").split("\n")]
    said = [line for line in lines if line]
    telling = [line for line in said if not line.startswith(_ASIDES)]
    return " ".join((telling or said)[-count:])
