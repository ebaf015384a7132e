"""A parameter came with a later DC/OS release.

`calico_enabled` came with DC/OS 2.1.2. The installers of 2.1.0 and 2.1.1 ignore it without a word: Calico
runs whatever it says.

Example:
    calico_enabled: false        # with --dcos-version 2.1.1

Install a release that knows it, or do without it.
"""

from calico_config.facts.facts import Facts
from calico_core.rules import Findings, warning

RULE = warning(
    __name__, source="DC/OS 2.1.2 release notes (COPS-6451); dcos/dcos gen/calc.py of 2.1.0 to 2.2.1"
)
WATCHES = ("calico_parameters",)


def check(facts: Facts) -> Findings:
    """One finding for each parameter in the file that came with a later release."""
    from calico_config.parameters import PARAMETERS, release_name

    for entry in PARAMETERS:
        if entry.since > facts.release and facts.is_set(entry.name):
            effect = ": Calico runs whatever it says" if entry.name == "calico_enabled" else ""
            yield RULE.finding(
                f"{entry.name} came with DC/OS {release_name(entry.since)};"
                f" {release_name(facts.release)} ignores"
                f" it{effect}",
                hint=f"install DC/OS {release_name(entry.since)} or later, or remove it",
                **facts.place(entry.name, key=True),
            )
