"""Marathon would refuse the app of the package once it is edited.

The package's app was accepted before: a rename here makes two networks of one name, or leaves a port without
its network, and the template does not hold what would have to change with it in one piece. Nothing of the
package is edited.

Example:
    "networks": [{"name": "calico"}, {"name": "{{service.virtual_network_name}}"}]

Change the template by hand so that the app names each network once, then run this again.
"""

from calico_core.rules import Findings, error
from calico_migrate.package.universe import parts
from calico_migrate.package.universe.plan import Obstacle
from calico_migrate.package.universe.subject import WiredPackage

RULE = error(
    __name__, source="mesosphere/marathon api/v2/validation/NetworkValidation.scala, AppValidation.scala"
)


def check(package: WiredPackage) -> Findings:
    """What stands in the way of the package's edits."""
    for obstacle in package.plan.obstacles:
        yield package.finding(
            parts.TEMPLATE,
            RULE,
            in_words(obstacle),
            hint="change the template by hand, then run this again",
            offset=obstacle.offset,
            pointer=obstacle.pointer,
        )


def in_words(obstacle: Obstacle) -> str:
    """What stands in the way, as a sentence."""
    return f"the package stays as it is: {obstacle.words}"
