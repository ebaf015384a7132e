"""An endpoint lacks the labels that its app defines.

They sit where the app's runtime does not read them, or were lost on the way. Policies miss the container.

Example:
    /shop/web defines role=web, and its endpoint on 10.0.1.21 has no label of it

UCR reads `networks[].labels`, Docker the parameter `label` with `org.projectcalico.label.`;
`calico-migrate marathon --move-labels` moves them.
"""

from calico_migrate.diagnose.estate.estate import Estate
from calico_migrate.diagnose.estate.labels import intended_labels
from calico_migrate.diagnose.judgement import Findings, warning

RULE = warning(
    __name__,
    source="mesosphere/marathon ContainerSerializer.scala:79-128; libnetwork-plugin"
    " driver/network_driver.go:585-687",
    lists=True,
    causes=("docker-labels-lost",),
)


def check(estate: Estate) -> Findings:
    """The endpoints of running tasks against their apps."""
    for definition, endpoint in estate.workloads.endpoints_of_apps(estate.endpoints):
        wanted = intended_labels(definition.workload)
        own = {key for key in endpoint.labels if not key.startswith("projectcalico.org/")}
        if wanted and own.isdisjoint(wanted):
            yield RULE.found(
                f"an endpoint of {definition.id} has none of the labels that the app defines",
                estate.about_endpoint(endpoint, "labels"),
                definition.evidence(),
                hint="UCR reads networks[].labels, Docker a parameter; `calico-migrate marathon"
                " --move-labels` moves"
                " them",
                node=endpoint.node,
            )
