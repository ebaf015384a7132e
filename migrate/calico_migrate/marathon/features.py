"""What a definition has that a rule may have something to say about.

Most definitions of a large document have few features, so that few rules look at them. Telling the features
must therefore cost less than asking the rules.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from calico_migrate.marathon.parsed.attachments import LABEL_PREFIX, own_labels
from calico_migrate.network_map import is_network_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from calico_migrate.marathon.definitions import Definition
    from calico_migrate.marathon.plan import Plan
from calico_migrate.network_map import NetworkMap


class Feature:
    """The names of the features."""

    ADDRESS: Final = "an ipAddress"
    DOCKER_ON_CALICO: Final = "a Docker app on a new network"
    IPV6: Final = "the network dcos6"
    MERGED: Final = "merged networks"
    NO_DEPENDENCIES: Final = "dependencies that are null"
    NAMED_ELSEWHERE: Final = "an old network's name in a place of its own"
    ODD_FIELDS: Final = "fields that Marathon may refuse when the definition is sent"
    ODD_NETWORKS: Final = "more than one network, said once"
    OVERLAY_MARK: Final = "a text like an address of the overlay"
    PACKAGE: Final = "labels of a package"
    PARAMETERS: Final = "docker parameters"
    POLICY_LABELS: Final = "policy labels on a new network"
    SEVERAL_NETWORKS: Final = "several container networks"
    UNMOVED_LABELS: Final = "policy labels that could not be moved"
    UNNAMED: Final = "a network without a name"
    UPGRADE: Final = "a move that may need room for more instances"
    VOLUMES: Final = "a move with volumes"
    VIPS: Final = "a VIP on a new network"


# What must stand in a text for `OVERLAY_MARK`, which is costly to find in a value. (A search for
# an expression that begins with a rare letter is faster than str.find.)
OVERLAY = re.compile(r"9\.\d{1,3}\.\d")
# How a digit or a dot may be spelled otherwise.
ESCAPED_DIGIT = re.compile(r"\\u00(?:2[eE]|3\d)")

_ODD_IN_DOCKER = frozenset({"network", "portMappings", "credential"})

_is_name = lru_cache(maxsize=1024)(is_network_name)


def features(definition: Definition, planned: Plan, network_map: NetworkMap) -> list[str]:
    """The features of a definition, but `OVERLAY_MARK`."""
    found: list[str] = []
    value = definition.value
    if planned.edits:
        found += _of_moved(value)
    if "ipAddress" in value:
        found.append(Feature.ADDRESS)
    if value.get("dependencies", ()) is None:
        found.append(Feature.NO_DEPENDENCIES)
    labels = value.get("labels")
    if (
        labels
        and isinstance(labels, dict)
        and ("DCOS_PACKAGE_NAME" in labels or "DCOS_COMMONS_API_VERSION" in labels)
    ):
        found.append(Feature.PACKAGE)
    container = value.get("container")
    docker = container.get("docker") if isinstance(container, dict) else None
    if "run" in value and isinstance(value["run"], dict):
        docker = value["run"].get("docker")
    parameters = isinstance(docker, dict) and bool(docker.get("parameters"))
    if parameters:
        found.append(Feature.PARAMETERS)
    if definition.kind != "app" or not _is_plain(value, container, docker):
        found.append(Feature.ODD_NETWORKS)
    if planned.attachments:
        found += _of_attachments(definition, planned, network_map, parameters=parameters)
    return found


def _of_moved(value: Mapping[str, Any]) -> Iterator[str]:
    """What makes the move of a definition worth a look."""
    container = value.get("container")
    strategy = value.get("upgradeStrategy")
    if (
        (strategy and isinstance(strategy, dict) and strategy.get("maximumOverCapacity", 1) != 1)
        or (container and isinstance(container, dict) and _has_host_port(container))
        or "scheduling" in value
        or "containers" in value
    ):
        yield Feature.UPGRADE
    if (
        "residency" in value
        or value.get("volumes")
        or (isinstance(container, dict) and container.get("volumes"))
    ):
        yield Feature.VOLUMES
    command, checks = value.get("cmd"), value.get("healthChecks")
    if (
        value.get("ports")
        or value.get("uris")
        or value.get("acceptedResourceRoles") == []
        or (isinstance(command, str) and len(command) < 2)
        or (checks and isinstance(checks, list) and any(_asks_for_ipv6(check) for check in checks))
    ):
        yield Feature.ODD_FIELDS


def _has_host_port(container: Mapping[str, Any]) -> bool:
    ports, docker = container.get("portMappings"), container.get("docker")
    if ports and isinstance(ports, list):
        for port in ports:
            if isinstance(port, dict) and port.get("hostPort"):
                return True
    return isinstance(docker, dict) and "portMappings" in docker


def _is_plain(value: Mapping[str, Any], container: object, docker: object) -> bool:
    """Whether an app says its network once, in the current format, beside nothing that may contradict it."""
    if "portDefinitions" in value or "ipAddress" in value:
        return False
    networks = value.get("networks")
    if networks:
        if not isinstance(networks, list) or len(networks) > 1 or not isinstance(networks[0], dict):
            return False
        mode, name = networks[0].get("mode"), networks[0].get("name")
        if mode != "container" and mode != "container/bridge":
            return False
        if name is not None and (mode != "container" or not isinstance(name, str) or not _is_name(name)):
            return False
    elif networks is not None and not isinstance(networks, list):
        return False
    if isinstance(docker, dict) and not _ODD_IN_DOCKER.isdisjoint(docker):
        return False
    ports = container.get("portMappings") if isinstance(container, dict) else None
    if not ports or not isinstance(ports, list):
        return True
    return not any("networkNames" in port for port in ports if isinstance(port, dict))


def _of_attachments(
    definition: Definition, planned: Plan, network_map: NetworkMap, *, parameters: bool
) -> Iterator[str]:
    if len(planned.networks) > 1:
        yield Feature.SEVERAL_NETWORKS
    if planned.merges:
        yield Feature.MERGED
    if planned.unmoved:
        yield Feature.UNMOVED_LABELS
    if not network_map.new_names.isdisjoint(planned.networks):
        if not definition.is_ucr:
            yield Feature.DOCKER_ON_CALICO
        if (
            parameters
            or any("labels" in attachment.value for attachment in planned.attachments)
            or _has_policy_label(own_labels(definition.value))
        ):
            yield Feature.POLICY_LABELS
        if _may_have_vip(definition):
            yield Feature.VIPS
    for attachment in planned.attachments:
        if attachment.name is None:
            yield Feature.UNNAMED
        elif attachment.name == "dcos6":
            yield Feature.IPV6


def _has_policy_label(labels: Mapping[str, Any]) -> bool:
    return any(label.startswith(LABEL_PREFIX) for label in labels)


def _may_have_vip(definition: Definition) -> bool:
    """Whether a port may carry a label VIP_0: those of the places that are rare are not looked at."""
    value = definition.value
    if definition.kind != "app" or "portDefinitions" in value or "ipAddress" in value:
        return True
    container = value.get("container")
    if not isinstance(container, dict):
        return False
    docker, ports = container.get("docker"), container.get("portMappings")
    if isinstance(docker, dict) and "portMappings" in docker:
        return True
    if ports and isinstance(ports, list):
        for port in ports:
            labels = port.get("labels") if isinstance(port, dict) else None
            if isinstance(labels, dict) and any(label.startswith("VIP_") for label in labels):
                return True
    return False


def _asks_for_ipv6(check: object) -> bool:
    return isinstance(check, dict) and check.get("ipProtocol", "IPv4") != "IPv4"
