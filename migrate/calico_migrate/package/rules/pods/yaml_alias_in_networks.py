"""A pod's networks come from a YAML alias.

The SDK reads its file with Jackson, which takes an alias for a text and knows no merge keys, so that it
refuses the service specification or misses the network. The name at the anchor is changed once.

Example:
    networks: *overlay

Write the networks out at each pod.
"""

from calico_core.rules import Findings, warning
from calico_migrate.package.specification import yaml_places
from calico_migrate.package.specification.networks import networks_keys
from calico_migrate.package.specification.subject import PodSeen, offset_of, placed

RULE = warning(__name__, source="FasterXML/jackson-dataformat-yaml YAMLParser.java (AliasEvent)")


def check(seen: PodSeen) -> Findings:
    """Networks that an alias brings."""
    if not seen.view.has_aliases:
        return
    for pointer, key, networks in networks_keys(seen.pod):
        aliased = networks.start < key.start
        merged = yaml_places.is_mapping(networks) and any(
            inner.text == "<<" for inner, _ in yaml_places.entries(networks)
        )
        offset = offset_of(seen.origin(key))
        if (merged or aliased) and offset is not None:
            yield placed(
                seen.lines,
                RULE,
                offset,
                f"the networks of pod {seen.pod.name} come from a YAML alias, which the SDK does not resolve",
                pointer=pointer,
                hint="Write the networks out at each pod.",
            )
