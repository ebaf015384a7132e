"""The option's own schema refuses the new name.

The default names the old network, but the option's ``enum``, ``pattern`` or length does not take the new
name: the package manager would refuse the package's own default. The option is not edited.

Example: "virtual_network_name": {"type": "string", "enum": ["dcos"], "default": "dcos"}

Let the schema take the new name, then run this again; or give another name with ``--map``.
"""

from calico_core.rules import Findings, error
from calico_migrate.package.universe import parts
from calico_migrate.package.universe.subject import WiredPackage

RULE = error(__name__, source="JSON Schema draft 4, enum, pattern, minLength and maxLength")


def check(package: WiredPackage) -> Findings:
    """Each option that names a network and whose schema does not take the new name."""
    for option in package.plan.options:
        if option.refusal:
            yield package.finding(
                parts.CONFIG,
                RULE,
                f"the default of {option.option.name} stays {option.old!r}: {option.refusal}",
                hint=f"let its schema take {option.new!r}, then run this again",
                offset=package.at(option.option),
                pointer=option.option.pointer,
            )
