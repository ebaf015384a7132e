"""A package has a template but no config.json.

Without it the template's options have no defaults: nothing says which of them is the name of a network.
Literal names in the template are still found. It is an error where the template sets up a network.

Example: repo/packages/H/hello/0/marathon.json.mustache repo/packages/H/hello/0/package.json

Put ``config.json`` beside the template, or name the whole package directory.
"""

from calico_core.findings import Severity
from calico_core.rules import Findings, warning
from calico_migrate.package import names
from calico_migrate.package.universe import parts
from calico_migrate.package.universe.subject import Package

RULE = warning(__name__, source='mesosphere/universe README, "config.json"')


def check(package: Package) -> Findings:
    """A template without its options."""
    template = package.content.template
    if template is not None and parts.CONFIG not in package.content.texts:
        yield package.finding(
            parts.TEMPLATE,
            RULE,
            f"{package.shown} has a template but no config.json: nothing says what its options are",
            hint="put config.json beside the template, or name the whole package directory",
            offset=0,
            severity=Severity.ERROR if names.may_wire_network(template.text) else None,
        )
