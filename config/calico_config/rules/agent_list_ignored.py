"""`agent_list` and `public_agent_list` have no effect.

They belonged to the installer over SSH, which DC/OS 2.0 removed. The installer ignores both and compares
the agents' addresses with nothing. This check does compare them with Calico's network, the overlay and
the other ranges.

Example:
    agent_list:
    - 10.0.1.20

Keep them for this check if you like; agents are installed with the `dcos_install.sh` script.
"""

from calico_config.facts.facts import Facts
from calico_core.rules import Findings, warning

RULE = warning(__name__, source="dcos/dcos CHANGES.md 2.0.0 (SSH installer removed)")
WATCHES = ("agent_lists",)


def check(facts: Facts) -> Findings:
    """One finding for each of the two parameters in the file."""
    for name in ("agent_list", "public_agent_list"):
        if facts.is_set(name):
            yield RULE.finding(
                f"{name} is ignored since DC/OS 2.0: the installer does not compare these agents with"
                f" anything",
                hint="this check does; the list can stay or go",
                **facts.place(name, key=True),
            )
