"""A network's name does not fit everywhere it is used, or is taken.

The one name is a Docker network, an IP pool, a profile, a label and a CNI network. Marathon, Docker, Calico
and UCR together leave `a` to `z`, `0` to `9` and `-`, with a letter or digit first and last, at most 63
characters. A name of hex digits alone is a trap: Docker takes it for the beginning of a network's id. Names
that DC/OS or Docker use themselves cannot be used again.

Example:
    calico-migrate network generate Web_1 --cidr 10.1.0.0/16 --output-dir web
    unusable-network-name: 'Web_1' is not made of a-z, 0-9 and -, with a letter or digit first and last

Choose another name, such as `web-1`.
"""

from calico_core.legible import quoted
from calico_core.rules import Findings, error
from calico_migrate.network.names import name_problem
from calico_migrate.network.settings import GenerationSettings
from calico_migrate.network.surroundings import config_facts

RULE = error(
    __name__,
    source="mesosphere/marathon docs/docs/rest-api/public/api/v2/types/network.raml (network names);"
    " moby/moby daemon/network.go (ids by prefix); projectcalico/libcalico-go lib/validator/v3/validator.go",
)


def check(settings: GenerationSettings) -> Findings:
    """The name of the network to make."""
    problem = name_problem(settings.name)
    if problem is None and any(overlay.name == settings.name for overlay in config_facts(settings).overlays):
        problem = f"{quoted(settings.name)} is taken: config.yaml has an overlay of this name"
    if problem is not None:
        yield RULE.finding(problem, hint="choose a name such as web-1")
