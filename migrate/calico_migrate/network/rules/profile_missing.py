"""A profile is not there.

Felix treats a missing profile as one that denies everything. The Docker plugin makes a profile where it
finds none, but without the label to apply, so that no peer is allowed either.

Example:
    profiles.json: profile-missing: the profile 'web' is not there

Run the generated scripts (`calico-migrate network run DIR`), or create the profile from `profile.yaml`
before the first container starts.
"""

from calico_core.legible import quoted
from calico_core.rules import Findings, error
from calico_migrate.network.verifying.subjects import ProfilesSeen

RULE = error(
    __name__, source="projectcalico/felix v3.14.0 calc/active_rules_calculator.go:305 (missing profiles deny)"
)


def check(seen: ProfilesSeen) -> Findings:
    """Whether each profile that the network needs is there."""
    promise, profiles = seen
    present = {profile.name for profile in profiles}
    for name in dict.fromkeys((promise.profile, *promise.written_profiles)):
        if name not in present:
            yield RULE.finding(
                f"the profile {quoted(name)} is not there",
                hint="run the generated scripts; until then containers on the network reach nobody",
            )
