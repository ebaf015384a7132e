"""What names say about networks: option paths, environment variables, and the labels beside them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from calico_migrate.marathon.parsed.package_labels import is_network_option

if TYPE_CHECKING:
    from collections.abc import Sequence

_NAME_VARIABLE = re.compile(r"NETWORK_?NAME", re.IGNORECASE)
_SWITCH_VARIABLE = re.compile(r"ENABLE_\w*VIRTUAL_NETWORK|VIRTUAL_NETWORKS?_ENABLED?$", re.IGNORECASE)
_LABEL_VARIABLE = re.compile(r"(?:NETWORK|CNI)_(?:PLUGIN_)?LABELS?", re.IGNORECASE)
_PROVIDER = re.compile(r"network[-_]provider", re.IGNORECASE)
_UNSET_NAME = re.compile(r"network[-_]name$", re.IGNORECASE)

# What a template says that sets up more than `"network": "HOST"`. One search decides whether a package is
# looked into at all, so that a tree of a thousand packages costs little more than reading it.
_WIRING = (
    r'virtual[-_ ]?network|network[-_]?name|"networks"|network[-_]provider|cni[-_](?:network|plugin|support)'
    r'|"ipaddress"|"network"\s*:\s*"(?:user|\{)'
)


def is_name_path(path: Sequence[str]) -> bool:
    """Whether an option's path says that it is the name of a network."""
    return bool(path) and is_network_option(tuple(path))


def is_name_variable(variable: str) -> bool:
    """Whether an environment variable's own name says that it holds a network's name."""
    return _NAME_VARIABLE.search(variable) is not None


def is_switch_variable(variable: str) -> bool:
    """Whether an environment variable's own name says that it switches virtual networks on."""
    return _SWITCH_VARIABLE.search(variable) is not None


def is_label_variable(variable: str) -> bool:
    """Whether an environment variable's own name says that it holds the labels of a network."""
    return _LABEL_VARIABLE.search(variable) is not None


def is_network_like(text: str) -> bool:
    """Whether a name speaks of a network at all."""
    return "network" in text.lower()


def is_provider_path(path: Sequence[str]) -> bool:
    """Whether an option chooses a network provider, as the first Kubernetes packages have it."""
    return bool(path) and _PROVIDER.fullmatch(path[-1]) is not None


def is_unset_name_path(path: Sequence[str]) -> bool:
    """Whether an option's last key ends in ``network-name`` or ``network_name``, like marathon's default."""
    return bool(path) and _UNSET_NAME.search(path[-1]) is not None


def may_wire_network(text: str) -> bool:
    """Whether a template's text may set up a container network: cheap, and never no where one is."""
    lowered = text.lower()
    return any(word in lowered for word in ("network", "cni", "ipaddress")) and (
        re.search(_WIRING, lowered) is not None
    )
