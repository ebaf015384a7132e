"""What is on which network, and what is left on the overlay.

Apps, pods and jobs by their definitions, running tasks by the networks that they have. The JSON report has
all of it in the object `migration`.

Example:
    3 of 5 apps on container networks are on Calico; /shop/db and /shop/cache are left on dcos

`calico-migrate marathon` rewrites what is left.
"""

from calico_core.words import counted, listed
from calico_migrate.diagnose.bundle import names
from calico_migrate.diagnose.bundle.undecided import UndecidedError
from calico_migrate.diagnose.estate.estate import Estate
from calico_migrate.diagnose.estate.migration import progress
from calico_migrate.diagnose.judgement import Findings, info

RULE = info(__name__, source="mesosphere/marathon REST API; apache/mesos /master/state", needs="", lists=True)


def check(estate: Estate) -> Findings:
    """One sentence about all of it."""
    found = progress(estate)
    if found is None:
        raise UndecidedError(names.APPS, estate.workloads.why_no_apps())
    on_calico = sum(
        counts.definitions for name, counts in found.networks.items() if name in estate.calico_networks
    )
    left = [each for each in found.left if each.kind != "service"]
    services = [each for each in found.left if each.kind == "service"]
    text = f"{counted(on_calico, 'definition')} on Calico, {len(left)} left on the overlay"
    if left:
        text += f" ({listed([each.id for each in left])})"
    if services:
        text += f"; {counted(len(services), 'service')} with tasks there"
        f" ({listed([each.id for each in services])})"
    where = estate.workloads.where()
    yield RULE.found(
        text,
        *([where] if where is not None else []),
        hint="`calico-migrate marathon` and `package` rewrite what is left"
        if found.left
        else "nothing is left to move",
    )
