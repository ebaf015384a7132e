"""A pod maps ports on a virtual network.

Only ``mesos-bridge`` can map a port of the host to one of the container. With both ``host-ports`` and
``container-ports`` on any other network the SDK refuses the service specification; with only one of the two
it ignores it.

Example:
    networks:
      calico:
        host-ports: [9042]
        container-ports: [9042]

Remove both lists: on a virtual network the pod has an address of its own, and its ports are reached there.
"""

from calico_core.findings import Severity
from calico_core.rules import Findings, error
from calico_core.yaml.nodes import Node
from calico_migrate.package.specification import yaml_places
from calico_migrate.package.specification.subject import BRIDGE, KeySeen, placed

RULE = error(__name__, source="mesosphere/dcos-commons YAMLToInternalMappers.java (convertNetwork)")


def check(seen: KeySeen) -> Findings:
    """The port lists of a network that can't map ports."""
    key = seen.key
    if key.name == BRIDGE:
        return
    fed = key.origin is not None and key.origin.tags
    name = "{{" + key.origin.names[0] + "}}" if key.origin is not None and fed else key.name
    message = problem(name, key.settings)
    if message is not None:
        yield placed(
            seen.lines,
            RULE,
            seen.offset,
            message + (", unless it is mesos-bridge" if fed else ""),
            pointer=key.pointer,
            hint="Remove host-ports and container-ports: the pod has an address of its own.",
            severity=Severity.WARNING if fed else None,
        )


def problem(network: str, settings: Node) -> str | None:
    """What is wrong with the port lists of a network that can't map ports; None where there are none."""
    given = [
        name
        for name in ("host-ports", "container-ports")
        if not yaml_places.is_null(node := yaml_places.child(settings, name)) and (node.text or node.children)
    ]
    if len(given) == 2:
        return f"the SDK refuses host-ports and container-ports on {network}: it can't map ports"
    if given:
        return f"{given[0]} on {network} does nothing: it can't map ports, and the other list is missing"
    return None
