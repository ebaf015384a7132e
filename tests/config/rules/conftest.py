"""What the tests of the rules share: a small, sound file to which each adds what it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from calico_config import Options, check_config

if TYPE_CHECKING:
    from collections.abc import Callable

    from calico_core.findings import Finding

    Found = Callable[..., list[Finding]]

SOUND = """\
bootstrap_url: http://10.7.0.2:8080
cluster_name: orchard
exhibitor_storage_backend: static
master_discovery: static
master_list: [10.7.0.11]
resolvers: [10.7.0.53]
"""

# What stands for itself in the tests' lines: the VTEPs' values and the overlay that every cluster has.
WORDS = {
    "VTEPS": (
        '"vtep_subnet": "44.128.0.0/20", "vtep_subnet6": "fd01:a::/64", "vtep_mac_oui": "70:B3:D5:00:00:00"'
    ),
    "DCOS": '{"name": "dcos", "subnet": "9.0.0.0/8", "prefix": 24}',
}


@pytest.fixture
def found() -> Found:
    """The findings of one rule for the sound file and a few more lines, with options by keyword.

    Of the first lines those are left out that the additional ones set anew. `WORDS` are replaced.
    """

    def find(rule: str, lines: str, **options: Any) -> list[Finding]:
        for word, meaning in WORDS.items():
            lines = lines.replace(word, meaning)
        names = {line.partition(":")[0] for line in lines.splitlines() if not line.startswith(" ")}
        kept = [line for line in SOUND.splitlines() if line.partition(":")[0] not in names]
        text = "\n".join([*kept, *lines.splitlines()]) + "\n"
        result = check_config(text, Options(**options))
        assert result.error is None
        return [finding for finding in result.findings if finding.rule == rule]

    return find
