"""A profile is not there.

Felix treats a missing profile as one that denies everything. The Docker plugin makes a profile where it
finds none, but without the label to apply, so that no peer is allowed either.

Example:
    profiles.json: profile-missing: the profile 'web' is not there

Run the generated scripts (`calico-migrate network run DIR`), or create the profile from `profile.yaml`
before the first container starts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from calico_core.findings import Severity
from calico_core.legible import quoted
from calico_core.rules import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from calico_core.findings import Finding
    from calico_migrate.network.pools import Profile
    from calico_migrate.network.promise import Promise

RULE = Rule(
    __name__,
    Severity.ERROR,
    source="projectcalico/felix v3.14.0 calc/active_rules_calculator.go:305 (missing profiles deny)",
)


def check(promise: Promise, profiles: Sequence[Profile]) -> Iterator[Finding]:
    """Whether each profile that the network needs is there."""
    present = {profile.name for profile in profiles}
    for name in dict.fromkeys((promise.profile, *promise.written_profiles)):
        if name not in present:
            yield RULE.finding(
                f"the profile {quoted(name)} is not there",
                hint="run the generated scripts; until then containers on the network reach nobody",
            )
