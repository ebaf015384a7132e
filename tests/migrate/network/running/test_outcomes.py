"""What is known of an agent after an answer: unknown wherever the answer does not say it clearly."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calico_migrate.network.markers import SCRIPT_CODES
from calico_migrate.network.promise import Agent
from calico_migrate.network.running.outcomes import AgentOutcome, State, judge
from calico_migrate.network.running.ssh import Answer
from tests.migrate.network import samples

PROMISE = samples.PROMISE._replace(create_on="a1", agents=(Agent("a1", "create"),))


def judged(status: int | None, output: str, errors: str = "", ended: str = "") -> AgentOutcome:
    return judge(PROMISE, "a1", Answer(status, output, errors, 1.5, ended), 300)


@pytest.mark.parametrize("word", ["created", "present", "verified"])
def test_right(word: str) -> None:
    outcome = judged(0, f"hello\ncalico-migrate: web a1 result={word} code=0\n")
    assert (outcome.state, outcome.word, outcome.code, outcome.status) == (State.RIGHT, word, 0, 0)


def test_a_script_for_any_agent_is_right_too() -> None:
    assert judged(0, "calico-migrate: web - result=present code=0").state is State.RIGHT


@pytest.mark.parametrize("code", SCRIPT_CODES, ids=lambda code: code.word)
def test_every_code_of_the_script(code: object) -> None:
    script_code = code
    assert isinstance(script_code, type(SCRIPT_CODES[0]))
    if script_code.standing == "right":
        return
    outcome = judged(
        script_code.code,
        f"calico-migrate: web a1 result={script_code.word} code={script_code.code}\n",
        "Its subnet is 10.2.0.0/16.\nNothing was changed.\n",
    )
    assert outcome.state == script_code.standing
    assert outcome.code == script_code.code
    assert outcome.message == f"{script_code.word}: Its subnet is 10.2.0.0/16. Nothing was changed."


@pytest.mark.parametrize(
    "status, output",
    [
        (0, ""),
        (0, "everything is fine\n"),
        (0, "calico-migrate: web a1 result=present code=0\nand more\n"),
        (0, "calico-migrate: web a1 result=present code=14\n"),
        (14, "calico-migrate: web a1 result=present code=0\n"),
        (14, "calico-migrate: web a1 result=ambiguous code=14\n"),
        (99, "calico-migrate: web a1 result=other code=99\n"),
        (0, "calico-migrate: other a1 result=present code=0\n"),
        (0, "calico-migrate: web a2 result=present code=0\n"),
        (0, "calico-migrate: web a1 result=ready code=0\n"),
        (0, "calico-migrate: web a1 result=would-create code=0\n"),
        (255, "calico-migrate: web a1 result=present code=0\n"),
        (255, ""),
        (1, ""),
        (127, ""),
        (-9, "calico-migrate: web a1 result=present code=0\n"),
        (None, "calico-migrate: web a1 result=present code=0\n"),
    ],
)
def test_everything_else_is_unknown(status: int | None, output: str) -> None:
    outcome = judged(status, output, ended="timeout" if status is None else "")
    assert outcome.state is State.UNKNOWN
    assert outcome.message


def test_ssh_has_its_say() -> None:
    errors = "@@@@@@@@@\r\n@ WARNING @\r\nHost key verification failed.\r\n"
    assert judged(255, "", errors).message == "Host key verification failed."
    assert (
        "without the script's last line: sudo: a password is required"
        in judged(1, "", "banner\nsudo: a password is required\n").message
    )
    assert "signal 9" in judged(-9, "").message


def test_asides_of_ssh_are_left_out() -> None:
    aside = "Warning: Permanently added 'a1' (ED25519) to the list of known hosts.\n** WARNING: no\n"
    output = "calico-migrate: web a1 result=not-root code=10\n"
    assert judged(10, output, aside + "Start it with sudo.\n").message == "not-root: Start it with sudo."
    assert "Permanently" in judged(255, "", aside.splitlines()[0]).message


def test_why_it_was_ended_from_here() -> None:
    assert "no answer within 300 s" in judged(None, "", ended="timeout").message
    assert "interrupted" in judged(None, "", ended="interrupt").message
    assert "more output" in judged(None, "", ended="output").message


def test_no_answer_moves_the_cursor() -> None:
    message = judged(255, "", "\x1b[2J\x1b]0;title\x07gone\u202e\n").message
    assert message.isprintable()
    assert "gone" in message


@given(st.one_of(st.none(), st.integers(-64, 255)), st.text(), st.text())
def test_any_answer_is_judged(status: int | None, output: str, errors: str) -> None:
    outcome = judged(status, output, errors, "" if status is not None else "timeout")
    assert outcome.state is State.UNKNOWN
    assert outcome.message.isprintable()
