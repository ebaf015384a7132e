"""A profile's name cannot be used for a network.

A profile is named like the network unless `--profile` says otherwise; the same characters are possible. The
profile `calico`, which DC/OS makes, can be used and is never written.

Example:
    calico-migrate network generate web --profile 'my profile' --cidr 10.1.0.0/16 --output-dir web
    unusable-profile-name: 'my profile' is not made of a-z, 0-9 and -, with a letter or digit first and last

Leave `--profile` out, or name a profile of a-z, 0-9 and `-`.
"""

from calico_core.rules import Findings, error
from calico_migrate.network.names import profile_problem
from calico_migrate.network.settings import GenerationSettings

RULE = error(
    __name__,
    source="projectcalico/libcalico-go lib/validator/v3/validator.go; dcos/dcos packages/calico/extra/"
    "profile.yaml",
)


def check(settings: GenerationSettings) -> Findings:
    """The profile, where one is named."""
    if settings.profile and settings.profile != settings.name:
        problem = profile_problem(settings.profile)
        if problem is not None:
            yield RULE.finding(
                problem, hint="leave --profile out: the network then gets a profile of its own"
            )
