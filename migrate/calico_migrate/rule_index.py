"""Every rule of every command, by id."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calico_core.rules import load_rules

if TYPE_CHECKING:
    from calico_core.rules import Rule

PACKAGES = (
    "calico_migrate.marathon.rules",
    "calico_migrate.package.rules",
    "calico_migrate.calico.rules",
    "calico_migrate.network.rules",
    "calico_migrate.policy.rules",
    "calico_migrate.survey.rules",
    "calico_migrate.diagnose.rules",
    "calico_config.rules",
    "calico_migrate.configuration.rules",
)


def all_rules() -> dict[str, Rule]:
    """The rules of all commands; importing them takes a moment, so that only what needs them calls this."""
    return load_rules(PACKAGES)
