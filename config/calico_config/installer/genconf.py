"""The installer's ``genconf`` directory: which files it would find beside the config.yaml."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from calico_config.installer.python36 import CrashedError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

# More files than this are not looked at; a genconf directory holds a handful.
MAX_FILES = 2_000
MAX_DEPTH = 4
MAX_SCRIPT_SIZE = 1_000_000


class Genconf(NamedTuple):
    """What stands in the directory.

    ``entries`` maps a path below it (``ip-detect``, ``check_bins/disk``) to ``file``, ``directory`` or
    ``undecodable`` (a file that is not UTF-8). ``recorded`` says that this is the machine on which the
    verdicts were recorded, not a real directory.
    """

    entries: Mapping[str, str]
    recorded: bool = False

    def kind(self, name: str) -> str | None:
        """What stands at a path as the config.yaml names it, relative to the installer's own directory.

        The installer runs in a container that sees the directory as ``/genconf`` and nothing else of the
        machine. Raises CrashedError for a path that no system call takes.
        """
        if "\x00" in name:
            raise CrashedError("ValueError: embedded null byte")
        parts: list[str] = []
        for part in name.split("/"):
            if part == ".." and parts:
                parts.pop()
            elif part not in ("", ".", ".."):
                parts.append(part)
        if not name:
            return None
        if not parts:
            return "directory"
        if parts[0] != "genconf":
            return None
        if len(parts) == 1:
            return "directory"
        found = self.entries.get("/".join(parts[1:]))
        # `genconf/ip-detect/` names a directory, which a file is not.
        return None if found != "directory" and name.endswith("/") else found

    def read_script(self, name: str) -> None:
        """Opens and reads a script as the installer does. Raises CrashedError where that is a traceback."""
        kind = self.kind(name)
        if kind is None:
            raise CrashedError(f"FileNotFoundError: [Errno 2] No such file or directory: {name!r}")
        if kind == "directory":
            raise CrashedError(f"IsADirectoryError: [Errno 21] Is a directory: {name!r}")
        if kind == "undecodable":
            raise CrashedError(f"UnicodeDecodeError: 'utf-8' codec can't decode {name!r}")

    def names_below(self, directory: str) -> list[str]:
        """The paths directly below a directory, which is named relative to genconf."""
        prefix = directory.rstrip("/") + "/"
        return [name for name in self.entries if name.startswith(prefix) and "/" not in name[len(prefix) :]]


# `genconf/ip-detect` exists, no other file beside the config.yaml does.
RECORDED = Genconf({"ip-detect": "file"}, recorded=True)


def read_genconf(directory: Path) -> Genconf:
    """Looks at a real genconf directory. Raises OSError where it cannot be listed."""
    import os

    entries: dict[str, str] = {}
    pending = [(directory, "", 0)]
    while pending:
        current, prefix, depth = pending.pop()
        with os.scandir(current) as found:
            for entry in sorted(found, key=lambda one: one.name):
                if len(entries) >= MAX_FILES:
                    return Genconf(entries)
                name = prefix + entry.name
                if entry.is_dir():
                    entries[name] = "directory"
                    # A link to a directory is one; what is behind it is nobody's concern here.
                    if depth + 1 < MAX_DEPTH and not entry.is_symlink():
                        pending.append((current / entry.name, name + "/", depth + 1))
                elif entry.is_file():
                    entries[name] = _kind_of(current / entry.name) if depth == 0 else "file"
    return Genconf(entries)


def _kind_of(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_SCRIPT_SIZE)
            # A longer file may be cut within a character.
            data.decode("utf-8", "strict" if len(data) < MAX_SCRIPT_SIZE else "ignore")
    except UnicodeDecodeError:
        return "undecodable"
    except OSError:
        # The installer is root in its container and can read what this user cannot.
        return "file"
    return "file"
