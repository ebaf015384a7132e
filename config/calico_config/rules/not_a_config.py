"""The file is no config.yaml, but something else that may have one inside.

dcos-ansible keeps its settings below `dcos.config`, dcos-launch below `dcos_config`, and DC/OS up to 1.6
below `cluster_config`. The installer would ignore all of it, and so would every check here: nothing else is
said of such a file.

Example:
    dcos:
      config:
        bootstrap_url: http://10.0.0.1:8080
        calico_network_cidr: 192.168.0.0/16

Check what stands below that key as a file of its own.
"""

from calico_config.document.foreign import foreign
from calico_config.facts.facts import Facts
from calico_core.rules import Findings, error

RULE = error(
    __name__,
    source="mesosphere/dcos-docs-site 2.2 installing/production/dcos-ansible/ansible-quickstart;"
    " dcos/dcos gen/internals.py",
)
WATCHES = ("anything",)


def check(facts: Facts) -> Findings:
    """One finding, at the key of the config.yaml inside."""
    found = foreign(facts.document)
    if found is not None:
        place = facts.place(*found.inside, key=True) if found.inside else {}
        yield RULE.finding(found.message, hint=found.hint, **place)
