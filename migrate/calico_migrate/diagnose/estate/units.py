"""Whether a unit of DC/OS runs.

systemd lists what is loaded and not inactive: a unit that should run and is not in the list is down. The
health report calls an inactive unit healthy (dcos/dcos-diagnostics@4a97a0e ``api/properties_linux.go:21``),
so that only its bad news counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.bundle.undecided import UndecidedError

if TYPE_CHECKING:
    from calico_migrate.diagnose.estate.evidence import Evidence
    from calico_migrate.diagnose.estate.machine import Machine


def runs(machine: Machine, unit: str) -> bool:
    """Whether systemd lists a unit as active. Raises UndecidedError."""
    listed = machine.units.get(unit)
    return listed is not None and listed.running


def why_down(machine: Machine, unit: str) -> tuple[str, list[Evidence]] | None:
    """What is wrong with a unit that should run, and the proof; None where it runs. Raises UndecidedError."""
    problem = unhealthy(machine, unit)
    try:
        units = machine.units
    except UndecidedError:
        if problem is None:
            raise
        return "the health report calls it failed", [problem]
    listed = units.get(unit)
    if listed is None:
        return "systemd does not list it, so that it is stopped", [
            machine.evidence(names.UNITS, None, f"{unit} is not listed"),
            *([problem] if problem else []),
        ]
    if not listed.running:
        return f"systemd calls it {listed.active} ({listed.sub})", [
            machine.evidence(names.UNITS, listed.line, listed.text)
        ]
    if problem is not None:
        return "the health report calls it failed", [problem]
    return None


def unhealthy(machine: Machine, unit: str) -> Evidence | None:
    """The bad news of the health report about a unit."""
    try:
        entry = machine.health.get(unit)
    except UndecidedError:
        return None
    if entry is None or entry.get("health") != 1:
        return None
    return machine.evidence(names.HEALTH, None, f"{unit}: health 1: {entry.get('output', '')}")
