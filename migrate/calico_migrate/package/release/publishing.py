"""Writing a new release directory: a copy of the old one with the edited parts, whole or not at all."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
from typing import TYPE_CHECKING

from calico_core.errors import OutputError
from calico_core.legible import encoded
from calico_core.sources import reason

if TYPE_CHECKING:
    from collections.abc import Mapping


def publish(old: str, new: str, texts: Mapping[str, str]) -> None:
    """Makes the directory ``new`` from ``old`` with the texts in place of its files of those names.

    Everything else is copied byte for byte with its mode, links as links. Raises OutputError where ``new``
    exists or cannot be written; then nothing of it is left.
    """
    parent = os.path.dirname(os.path.abspath(new))
    # Named before it is made, so that an interruption leaves nothing behind.
    temporary = os.path.join(parent, f".{os.path.basename(new)}.{os.urandom(8).hex()}.tmp")
    try:
        if os.path.lexists(new):
            raise OutputError("exists already; it is not written over", path=new)
        os.makedirs(parent, exist_ok=True)
        os.mkdir(temporary, 0o700)
        os.chmod(temporary, stat.S_IMODE(os.stat(old).st_mode) | stat.S_IRWXU)
        for name in sorted(os.listdir(old)):
            _copy(os.path.join(old, name), os.path.join(temporary, name), texts.get(name))
        os.rename(temporary, new)
    except OSError as error:
        raise OutputError(f"cannot be written: {reason(error)}", path=new) from error
    except shutil.Error as error:
        raise OutputError(f"cannot be written: {error}", path=new) from error
    finally:
        with contextlib.suppress(OSError):
            shutil.rmtree(temporary)


def _copy(source: str, target: str, text: str | None) -> None:
    if text is not None:
        with open(target, "wb") as file:
            file.write(encoded(text))
        os.chmod(target, stat.S_IMODE(os.stat(source).st_mode))
    elif os.path.isdir(source) and not os.path.islink(source):
        shutil.copytree(source, target, symlinks=True)
    else:
        shutil.copy2(source, target, follow_symlinks=False)
