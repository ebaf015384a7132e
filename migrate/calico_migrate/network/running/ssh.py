"""One script on one agent: the user's own ``ssh``, the script on standard input, a time limit.

No SSH library and no key is read: ``ssh`` does what the user's configuration says, host keys are checked as
it says, and nothing may ask (``BatchMode``). Output goes to temporary files instead of pipes, because a
connection that stays open in the background (``ControlPersist``) keeps a pipe open too.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import tempfile
import threading
import time
from typing import IO, TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

# Root reads the script from standard input; anybody else has it read by root. The script itself never
# starts itself again: with a script on standard input there is no file to start.
_AS_ROOT = """sh -c 'if [ "$(id -u)" -eq 0 ]; then exec sh -s -- {0}; else exec sudo -n sh -s -- {0}; fi'"""

# A script says a few dozen lines. An agent that sends more than this is no agent.
MOST_OUTPUT = 64 * 1024 * 1024
_KEPT_OUTPUT = 64 * 1024
_POLL_SECONDS = 0.2
_GRACE_SECONDS = 2.0

SSH_FAILED = 255


class SshSettings(NamedTuple):
    """How agents are reached. ``config`` is a configuration file instead of the user's (``ssh -F``).

    ``connect_timeout`` is in seconds; 0 leaves it to ssh's configuration.
    """

    program: str = "ssh"
    config: str | None = None
    connect_timeout: int = 15


class Answer(NamedTuple):
    """What came back from an agent.

    ``status`` is ssh's exit code, which is the remote one or 255; None where it was ended from here.
    ``ended`` then says why: ``timeout``, ``interrupt`` or ``output``.
    """

    status: int | None
    output: str
    errors: str
    seconds: float
    ended: str = ""

    @property
    def is_complete(self) -> bool:
        """Whether the remote command ended by itself and ssh passed its exit code on."""
        return self.status is not None and self.status >= 0 and self.status != SSH_FAILED


def command(settings: SshSettings, host: str, arguments: Sequence[str] = ()) -> list[str]:
    """The command line for a script on ``host``; ``arguments`` are the script's own options.

    ``host`` comes last but for the command, behind ``--``, so that no name is ever an option. The
    arguments are constants of this package: a remote shell reads them.
    """
    for argument in arguments:
        if not argument.startswith("--") or not argument[2:].replace("-", "").isalnum():
            raise ValueError(f"{argument!r} is no option of a script")
    options = ["-o", "BatchMode=yes", "-T"]
    if settings.connect_timeout:
        options += ["-o", f"ConnectTimeout={settings.connect_timeout}"]
    if settings.config is not None:
        options += ["-F", settings.config]
    return [settings.program, *options, "--", host, _AS_ROOT.format(" ".join(arguments))]


class Stop:
    """Tells running connections to end; shared by all of one run."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._processes: set[subprocess.Popen[bytes]] = set()
        self.requested = False

    def request(self) -> None:
        """Ends every running connection, and lets no new one begin."""
        with self._lock:
            self.requested = True
            for process in self._processes:
                _signal(process, signal.SIGTERM)

    def start(
        self, arguments: list[str], script: IO[bytes], output: IO[bytes], errors: IO[bytes]
    ) -> subprocess.Popen[bytes] | None:
        """Starts a process unless a stop was requested. Raises OSError where it cannot be started."""
        with self._lock:
            if self.requested:
                return None
            # A session of its own: Ctrl-C reaches this process alone, which then ends the children.
            process = subprocess.Popen(
                arguments, stdin=script, stdout=output, stderr=errors, start_new_session=True
            )
            self._processes.add(process)
            return process

    def forget(self, process: subprocess.Popen[bytes]) -> None:
        """To be called when a process has ended."""
        with self._lock:
            self._processes.discard(process)


def send(
    script: bytes, arguments: list[str], timeout: float, stop: Stop, *, keep: int = _KEPT_OUTPUT
) -> Answer | None:
    """Runs an ssh command line with the script on its standard input and waits for it.

    Of its output and its errors the last ``keep`` bytes each are answered; None where a stop was requested
    before it began. Raises OSError where ssh cannot be started.
    """
    new = tempfile.TemporaryFile
    with new() as source, new() as output, new() as errors:
        source.write(script)
        source.seek(0)
        started = time.monotonic()
        process = stop.start(arguments, source, output, errors)
        if process is None:
            return None
        try:
            ended = _wait(process, started + timeout, (output, errors), stop)
        finally:
            _end(process)
            stop.forget(process)
        seconds = time.monotonic() - started
        status = None if ended else process.returncode
        return Answer(status, _tail(output, keep), _tail(errors, keep), seconds, ended)


def _wait(
    process: subprocess.Popen[bytes], deadline: float, outputs: tuple[IO[bytes], ...], stop: Stop
) -> str:
    """Waits for the end of a process; why it must be ended, or nothing where it ended by itself."""
    with _end_of(process) as ended_within:
        while not ended_within(min(_POLL_SECONDS, max(0.0, deadline - time.monotonic()))):
            if stop.requested:
                return "interrupt"
            if time.monotonic() >= deadline:
                return "timeout"
            if any(os.fstat(output.fileno()).st_size > MOST_OUTPUT for output in outputs):
                return "output"
    # ssh itself says 255 when it is told to end.
    return (
        "interrupt" if stop.requested and (process.returncode < 0 or process.returncode == SSH_FAILED) else ""
    )


@contextlib.contextmanager
def _end_of(process: subprocess.Popen[bytes]) -> Iterator[Callable[[float], bool]]:
    """Gives a function that waits some seconds for the end of a process and says whether it came.

    It does not spin where the system can tell of an end (Linux 5.3 and later).
    """
    try:
        descriptor = os.pidfd_open(process.pid)
    except (AttributeError, OSError):

        def within(seconds: float) -> bool:
            try:
                process.wait(seconds)
            except subprocess.TimeoutExpired:
                return False
            return True

        yield within
        return

    import select

    poll = select.poll()
    poll.register(descriptor, select.POLLIN)

    def ended(seconds: float) -> bool:
        poll.poll(seconds * 1000)
        return process.poll() is not None

    try:
        yield ended
    finally:
        os.close(descriptor)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends a process and what it started (a ProxyCommand), first politely."""
    if process.poll() is not None:
        return
    _signal(process, signal.SIGTERM)
    try:
        process.wait(_GRACE_SECONDS)
    except subprocess.TimeoutExpired:
        _signal(process, signal.SIGKILL)
        process.wait()


def _signal(process: subprocess.Popen[bytes], number: int) -> None:
    """Signals the process group that `Stop.start` made for the process."""
    if process.returncode is None:
        try:
            os.killpg(process.pid, number)
        except (ProcessLookupError, PermissionError):
            return


def _tail(file: IO[bytes], longest: int) -> str:
    """The end of what was written; what is no UTF-8 is replaced."""
    size = os.fstat(file.fileno()).st_size
    file.seek(max(0, size - longest))
    return file.read(longest).decode("utf-8", "replace")
