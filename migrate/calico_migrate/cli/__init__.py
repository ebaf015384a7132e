"""The command line: one module or folder per command, imported only when that command is called.

`COMMANDS` is the whole tree. `application` builds a Typer application with just what the arguments need:
importing every command would make each of them slower than the work that it does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import TextIO, TypeVar

    import typer

    Place = TypeVar("Place", str, "str | Group")


class Group:
    """Commands below a name of their own; ``help`` says what they are for."""

    __slots__ = ("commands", "help")

    def __init__(self, help: str, commands: dict[str, str]) -> None:  # noqa: A002
        self.help = help
        self.commands = commands


COMMANDS: dict[str, str | Group] = {
    "marathon": "marathon:marathon",
    "package": "package.command:package",
    "config": Group(
        "Check a DC/OS config.yaml before installation, show what it means, suggest a free network.",
        {
            "check": "config.command:check",
            "show": "config.command:show",
            "suggest": "config.command:suggest",
        },
    ),
    "network": Group(
        "Add a Calico network of its own to a cluster: pool, profile and Docker network.",
        {
            "generate": "network.command:generate",
            "run": "network.command:run",
            "verify": "network.command:verify",
        },
    ),
    "policy": Group(
        "Validate Calico resources; answer who may reach whom; draft policies.",
        {
            "check": "policy.commands.check:check",
            "simulate": "policy.commands.simulate:simulate",
            "matrix": "policy.commands.matrix:matrix",
            "test": "policy.commands.test:run_expectations",
            "scaffold": "policy.commands.scaffold:scaffold",
        },
    ),
    "cluster": Group(
        "Carry the migration out on a live cluster: snapshot, plan, apply, status, rollback.",
        {
            "snapshot": "cluster.command:snapshot",
            "plan": "cluster.plans:plan",
            "show": "cluster.plans:show",
            "pause": "cluster.plans:pause",
            "resume": "cluster.plans:resume",
            "apply": "cluster.command:apply",
            "rollback": "cluster.command:rollback",
            "status": "cluster.command:status",
            "verify": "cluster.command:verify",
        },
    ),
    "survey": "survey:survey",
    "diagnose": "diagnose:diagnose",
    "explain": "explain:explain",
}
"""Each command as the module under this package and the function in it, ``module:function``."""

_HELP = """Move DC/OS services from the dcos overlay to Calico, byte for byte lossless, with proof.

Start with `calico-migrate marathon app.json`, which prints the definition with its network changed and says
what needs a human's eye. `calico-migrate COMMAND --help` teaches each command, `calico-migrate explain RULE`
what a finding means."""

_EPILOG = """Exit codes: 0 done; 1 findings from --fail-on on, or --check found something to change; 2 wrong
usage; 3 an input could not be read; 4 a step on a live system failed; 5 an output could not be written or did
not pass the tool's own check; 130 interrupted."""


def application(arguments: Sequence[str] = ()) -> typer.Typer:
    """The Typer application with the command that the arguments call, or with all of them.

    To build every option of every command would take longer than most of them work.
    """
    import typer

    app = typer.Typer(
        name="calico-migrate",
        help=_HELP,
        epilog=_EPILOG,
        no_args_is_help=True,
        # Its options are no command's.
        add_completion=COMMANDS.keys().isdisjoint(arguments[:1]),
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )

    # A callback keeps the command's name even where it is the only one.
    @app.callback()
    def _main(
        version: bool = typer.Option(False, "--version", help="Say the version, anywhere on the line."),
        traceback: bool = typer.Option(
            False, "--traceback", help="Show all of an internal error, anywhere on the line."
        ),
    ) -> None:
        # Both are answered before this is built.
        pass

    _main.__doc__ = _HELP
    for name, command in _called(COMMANDS, arguments[:1]).items():
        if isinstance(command, Group):
            group = typer.Typer(help=command.help, no_args_is_help=True)
            for below, place in _called(command.commands, arguments[1:2]).items():
                group.command(below)(_function(place))
            app.add_typer(group, name=name)
        else:
            app.command(name)(_function(command))
    return app


def _called(commands: Mapping[str, Place], called: Sequence[str]) -> Mapping[str, Place]:
    """The command that is called; all of them where that is none of these."""
    return {name: commands[name] for name in called if name in commands} or commands


def _function(place: str) -> Callable[..., None]:
    import importlib
    import sys

    module, _, name = place.partition(":")
    function: Callable[..., None] = getattr(importlib.import_module(f"calico_migrate.cli.{module}"), name)
    if sys.flags.optimize:
        from calico_core.docstrings import restore

        restore(sys.modules[function.__module__])
    return function


def run(arguments: Sequence[str]) -> int:
    """Runs a command line; answers the exit code. Errors are a line each on standard error."""
    import os

    from calico_core import signals
    from calico_core.errors import CalicoMigrateError, InternalError
    from calico_core.exits import ExitCode
    from calico_migrate.cli.call import CALL

    signals.forget()
    CALL.arguments = tuple(arguments)
    _open_missing_streams()
    arguments, CALL.traceback = _without_traceback(arguments)
    completing = any(name.endswith("_COMPLETE") for name in os.environ)
    try:
        app = application(() if completing else arguments)
        if _asks_for_help(arguments) and not completing:
            import typer.main

            from calico_migrate.cli import help  # noqa: A004

            tree = typer.main.get_command(app)
            help.make_legible(tree)
            result = tree(list(arguments), prog_name="calico-migrate", standalone_mode=True)
        else:
            result = app(list(arguments), prog_name="calico-migrate", standalone_mode=True)
        code = int(result or 0)
    except CalicoMigrateError as error:
        if isinstance(error.__cause__, OSError) and error.path is None:
            _give_up_broken_streams()
        _say(str(error))
        code = int(error.exit_code)
    except KeyboardInterrupt:
        code = interrupted()
    except SystemExit as finished:
        code = finished.code if isinstance(finished.code, int) else int(ExitCode.FOUND)
        if isinstance(getattr(finished.__context__, "__cause__", None), KeyboardInterrupt):
            # Typer's way to end for Ctrl-C.
            code = interrupted()
    except OSError as error:
        # Only what shows help and usage writes by itself.
        code = unwritable(error)
    except Exception as error:
        caught = InternalError.of(error)
        _say(f"{caught.traceback if CALL.traceback else ''}{caught}")
        code = int(caught.exit_code)
    number = signals.received()
    return code if number is None else 128 + number


def _without_traceback(arguments: Sequence[str]) -> tuple[Sequence[str], bool]:
    """The arguments without ``--traceback``, which may stand anywhere, and whether it was there."""
    until = list(arguments).index("--") if "--" in arguments else len(arguments)
    options = [argument for argument in arguments[:until] if argument != "--traceback"]
    return [*options, *arguments[until:]], len(options) < until


def _asks_for_help(arguments: Sequence[str]) -> bool:
    """Whether the arguments ask for help, or leave out so much that help is the answer."""
    until = list(arguments).index("--") if "--" in arguments else len(arguments)
    return len(arguments) < 2 or not {"--help", "-h"}.isdisjoint(arguments[:until])


def interrupted() -> int:
    """Says that the command was interrupted; answers the exit code."""
    from calico_core.exits import ExitCode

    _say("interrupted")
    return int(ExitCode.INTERRUPTED)


def unwritable(error: OSError) -> int:
    """Says that standard output takes no more; answers the exit code."""
    from calico_core.exits import ExitCode
    from calico_core.sources import reason

    _give_up_broken_streams()
    _say(f"standard output cannot be written: {reason(error)}")
    return int(ExitCode.UNWRITTEN)


def _say(message: str) -> None:
    """A line on standard error, where that takes one."""
    import contextlib
    import sys

    from calico_core.legible import harmless

    with contextlib.suppress(OSError, ValueError):
        print(f"calico-migrate: {harmless(message)}", file=sys.stderr, flush=True)  # noqa: T201
        return
    _give_up_broken_streams()


def _open_missing_streams() -> None:
    """Gives a stream that was closed a place that is empty and takes nothing.

    Else the next file to be opened would get its number, and would be read or written instead.
    """
    import os
    import sys

    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:
            descriptor = os.open(os.devnull, os.O_RDONLY)
            setattr(sys, name, os.fdopen(descriptor, "r" if name == "stdin" else "w", encoding="utf-8"))


def _give_up_broken_streams() -> None:
    """What Python still holds for a broken stream must not be written again at the end."""
    import contextlib
    import os
    import sys

    def takes_more(stream: TextIO) -> bool:
        try:
            stream.flush()
        except (OSError, ValueError):
            return False
        return True

    for stream in (sys.stdout, sys.stderr):
        if not takes_more(stream):
            with contextlib.suppress(OSError, ValueError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
