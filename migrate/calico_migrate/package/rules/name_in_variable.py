"""A template writes the name of the network into an environment variable.

The variable names the network of the service's pods, no option feeds it, and only names in the app's own
networks are edited: what the service does with the variable cannot be seen here.

Example: "VIRTUAL_NETWORK_NAME": "dcos"

Change the name by hand, better still into an option.
"""

from calico_core.rules import Findings, error
from calico_migrate.package.universe import parts
from calico_migrate.package.universe.subject import WiredPackage

RULE = error(__name__, source="mesosphere/dcos-commons RawServiceSpec.java (environment of the scheduler)")


def check(package: WiredPackage) -> Findings:
    """Names that a template writes into environment variables."""
    for literal in package.plan.loose_literals:
        yield package.finding(
            parts.TEMPLATE,
            RULE,
            f"{literal.old!r} is written into {literal.networks[0].shown}; it is not edited",
            hint=f"write {literal.new!r} there, better still into an option",
            offset=literal.start,
            pointer=literal.networks[0].pointer,
        )
