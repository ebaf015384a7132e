"""A named pipe is read where somebody writes to it, and given up where nobody does."""

from __future__ import annotations

import os
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from calico_core import pipes, sources
from calico_core.errors import InputError
from calico_migrate.cli import run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

APP = '{"id": "/a", "cmd": "true", "networks": [{"mode": "container", "name": "dcos"}]}\n'


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    return path


@contextmanager
def written(pipe: Path, text: str) -> Iterator[None]:
    """Somebody writes a text into a pipe in the meantime."""
    writer = threading.Thread(target=pipe.write_text, args=(text,))
    writer.start()
    yield
    writer.join()


@pytest.mark.parametrize("limit", [None, 100])
def test_what_is_written_is_read(pipe: Path, limit: int | None) -> None:
    with written(pipe, "é\r\n"):
        assert sources.read(str(pipe), limit=limit) == sources.Source(str(pipe), "é\r\n", None)


def test_more_than_the_limit_is_refused(pipe: Path) -> None:
    with written(pipe, "12345"), pytest.raises(InputError, match="is larger than 4 bytes"):
        sources.read(str(pipe), limit=4)


def test_a_writer_may_take_its_time_once_it_is_there(pipe: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipes, "PATIENCE", 0.5)
    go_on = threading.Event()

    def write() -> None:
        with open(pipe, "w", encoding="utf-8") as file:
            go_on.wait()
            file.write("late")

    writer = threading.Thread(target=write)
    writer.start()
    threading.Timer(0.8, go_on.set).start()
    assert sources.read(str(pipe)).text == "late"
    writer.join()


def test_a_pipe_that_nobody_writes_to_is_given_up(pipe: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipes, "PATIENCE", 0.01)
    with pytest.raises(InputError, match="is a named pipe that nobody writes to") as caught:
        sources.read(str(pipe))
    assert caught.value.path == str(pipe)


def test_an_error_while_it_is_opened_is_told(pipe: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("builtins.open", refused)
    with pytest.raises(InputError, match="cannot be read: permission denied"):
        sources.read(str(pipe))


@pytest.mark.parametrize("command", [("marathon", "--check"), ("package", "--check"), ("policy", "check")])
def test_no_command_waits_for_it_and_the_others_are_processed(
    command: tuple[str, ...],
    pipe: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(pipes, "PATIENCE", 0.01)
    other = pipe.parent / "other.json"
    other.write_text(APP)
    assert run([*command, str(pipe), str(other)]) == 3
    said = "".join(capsys.readouterr())
    assert f"{pipe}: error: is a named pipe that nobody writes to" in said
    assert f"{other}:" in said
