"""``python -m calico_migrate`` and the ``calico-migrate`` command."""

from __future__ import annotations

import sys


def main() -> int:
    """Runs the command line of this process; answers the exit code."""
    arguments = sys.argv[1:]
    until = arguments.index("--") if "--" in arguments else len(arguments)
    if "--version" in arguments[:until]:
        # Answered before the command line is built: importing Typer costs more than all of this.
        from calico_migrate._version import __version__

        try:
            print(f"calico-migrate {__version__}", flush=True)  # noqa: T201
        except OSError as error:
            from calico_migrate.cli import unwritable

            return unwritable(error)
        return 0
    import gc

    from calico_migrate.cli import run

    # A command runs once: the collector would look at what was just imported again and again.
    gc.set_threshold(100_000, 50, 50)
    return run(arguments)


if __name__ == "__main__":
    sys.exit(main())
