"""A network that shall be isolated uses a profile that lets everybody in.

The profile `calico`, which DC/OS makes, allows all traffic and labels every container `calico`. Containers
of a Docker network with that profile are open to all, whatever the network's own profile says.

Example:
    calico-migrate network generate web --isolated --profile calico --cidr 10.1.0.0/16 --output-dir web
    isolation-without-effect: --isolated has no effect on Docker's containers with the profile 'calico'

Leave `--profile` out, so that the network gets a profile of its own.
"""

from calico_core.rules import Findings, error
from calico_migrate.network.names import DCOS_PROFILE
from calico_migrate.network.settings import GenerationSettings

RULE = error(__name__, source="dcos/dcos packages/calico/extra/profile.yaml")


def check(settings: GenerationSettings) -> Findings:
    """``--isolated`` together with the profile of DC/OS."""
    if settings.isolated and settings.profile_name == DCOS_PROFILE and settings.name != DCOS_PROFILE:
        yield RULE.finding(
            f"--isolated has no effect on Docker's containers with the profile '{DCOS_PROFILE}', which allows"
            " everything",
            hint="leave --profile out: the network then gets a profile of its own",
        )
