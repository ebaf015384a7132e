"""A network, or its labels, stand where the SDK does not look.

A pod's ``networks`` is empty, and what belongs below it stands at its own indent. The SDK ignores keys that
it does not know: the pod is on the host's network, and no option and no release can move it.

Example:
    networks:
    {{VIRTUAL_NETWORK_NAME}}:
      labels: "team:data"

Indent the network below ``networks``, and its ``labels`` below the network.
"""

from calico_core.json.pointers import token
from calico_core.rules import Findings, warning
from calico_core.yaml.nodes import MAPPING
from calico_migrate.package.specification import yaml_places
from calico_migrate.package.specification.subject import BRIDGE, PodSeen, offset_of, placed

RULE = warning(__name__, source="mesosphere/dcos-commons RawPod.java (ignoreUnknown)")


def check(seen: PodSeen) -> Findings:
    """Networks and labels that stand beside ``networks`` instead of below it."""
    pod = seen.pod
    networks = next((value for key, value in yaml_places.entries(pod.node) if key.text == "networks"), None)
    if networks is None:
        return
    known = {*seen.network_map.names, *seen.network_map.names.values(), BRIDGE}
    for key, _ in yaml_places.entries(pod.node):
        origin = seen.origin(key)
        offset = offset_of(origin)
        if offset is None:
            continue
        fed = any("NETWORK" in name.upper() for name in origin.names)
        if fed or key.text in known or key.text == "labels":
            what = "labels" if key.text == "labels" else "a network"
            yield placed(
                seen.lines,
                RULE,
                offset,
                f"pod {pod.name} has {what} beside networks instead of below; the SDK ignores it"
                + (", and the pod is on the host's network" if yaml_places.is_null(networks) else ""),
                pointer=f"{pod.pointer}/{token(key.text)}",
                hint="Indent it below the networks of the pod.",
            )
    if networks.kind != MAPPING and not yaml_places.is_null(networks):
        yield placed(
            seen.lines,
            RULE,
            offset_of(seen.origin(networks)) or 0,
            f"the networks of pod {pod.name} are no mapping of names, which the SDK refuses",
            pointer=f"{pod.pointer}/networks",
            hint="Write each network as a key below networks.",
        )
