"""The name of a network is put together from several parts of the template.

The old name appears in a rendering, but no single stretch of the file and no single option's default holds
it, so that it can't be changed safely. A list of networks as a default is such a case too.

Example:
    networks:
      dc{{! the overlay }}os:

Write the name in one piece, or change it by hand.
"""

from calico_core.findings import Finding
from calico_core.json.scanning import may_say
from calico_core.rules import Findings, error
from calico_migrate.package.universe import parts
from calico_migrate.package.universe.subject import WiredPackage

RULE = error(__name__, source="mesosphere/dcos-commons RawServiceSpec.java, TemplateUtils.java")


def check(package: WiredPackage) -> Findings:
    """Old names that arrive at the app's own networks from no option's default and no text in one piece."""
    trace = package.plan.trace
    if trace is None:
        return
    from calico_migrate.package.universe import places

    found = {
        (pointer, text): None
        for rendered in trace.parsed
        if may_say(rendered.text, trace.marker.networks)
        for pointer, text in places.network_names(rendered.app)
        if text in trace.marker.networks
    }
    for pointer, text in found:
        yield package.finding(
            parts.TEMPLATE,
            RULE,
            f"{text!r} arrives at {pointer}, but neither as the default of one option nor as a text in one"
            " piece; it is not edited",
            hint="write the name in one piece, or change it by hand where it comes from",
            pointer=pointer,
        )


def in_specification(name: str) -> Finding:
    """A name in a service specification that stays."""
    return RULE.finding(
        f"{name} stays: the name of the network is put together from several parts of the template",
        hint="Write the name in one piece, then run this again.",
    )
