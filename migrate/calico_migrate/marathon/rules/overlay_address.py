"""An address of the old overlay is written into the definition.

Containers on the `dcos` overlay have addresses of 9.0.0.0/8. On Calico they get others (172.29.0.0/16 unless
configured otherwise), so that a fixed address leads nowhere after the move. A VIP may have such an address
too; it is none of a container, and stays what it is.

Example:
    "env": {"DATABASE": "9.0.3.17:5432"}

Use a name instead: `<app>.marathon.containerip.dcos.thisdcos.directory`, or a VIP.
"""

import re
from collections.abc import Iterator
from typing import Any

from calico_core.json.pointers import Path
from calico_core.rules import Findings, warning
from calico_migrate.marathon.parsed.fields import RUNTIME_FIELDS
from calico_migrate.marathon.parsed.marks import Mark
from calico_migrate.marathon.subject import Subject

RULE = warning(
    __name__,
    source="DC/OS 2.2 documentation, Configuration reference, dcos_overlay_network (9.0.0.0/8 by default)",
)
WATCHES = (Mark.OVERLAY,)

_NUMBER = r"(?:25[0-5]|2[0-4]\d|1?\d?\d)"
_ADDRESS = re.compile(rf"(?<![\w.-])9(?:\.{_NUMBER}){{3}}(?![\w-]|\.\d)", re.ASCII)
# What is no address of a peer: an image's tag may look like one, and stored packages are not read by anybody.
_SKIPPED = frozenset({"image", "DCOS_PACKAGE_OPTIONS", "DCOS_PACKAGE_DEFINITION", "DCOS_PACKAGE_METADATA"})


def check(subject: Subject) -> Findings:
    """Each text of the definition that holds an address of the overlay."""
    for path, text in _texts(subject.value):
        match = _ADDRESS.search(text)
        if match is not None:
            yield subject.finding(
                RULE,
                path,
                f"{match.group()} is an address of the dcos overlay; on Calico containers have others",
                hint="use a containerip name or a VIP instead",
            )


def _is_vip(path: list[str | int], key: str | int) -> bool:
    """Whether a label says where a VIP is, which is an address of no container."""
    return len(path) > 1 and path[-1] == "labels" and isinstance(key, str) and key.startswith("VIP_")


def _texts(value: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    """All texts below a value, in no recursion and in their order, with their paths."""
    # What Marathon reports about running tasks is no part of the definition.
    own = [(key, part) for key, part in value.items() if key not in RUNTIME_FIELDS]
    path: list[str | int] = []
    pending: list[Iterator[tuple[str | int, Any]]] = [iter(own)]
    while pending:
        for key, part in pending[-1]:
            if isinstance(part, str):
                if "9." in part and key not in _SKIPPED and not _is_vip(path, key):
                    yield (*path, key), part
            elif part and isinstance(part, (dict, list)) and key not in _SKIPPED and not _is_vip(path, key):
                path.append(key)
                pending.append(iter(part.items()) if isinstance(part, dict) else enumerate(part))
                break
        else:
            pending.pop()
            del path[-1:]
