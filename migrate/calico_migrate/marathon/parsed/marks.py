"""The marks of definitions: facts for which rules watch (``WATCHES``).

Most definitions of a large document are alike, and no rule has anything to say of them. A mark never says
that something is wrong, which is the rule's own to tell; it only has to be there wherever the rule may speak.
"""

from __future__ import annotations

from typing import Final


class Mark:
    """The names of the marks."""

    ADDRESS_KEY: Final = "an ipAddress with a key of no meaning"
    DEAD_ADDRESS: Final = "an ipAddress that docker.network overrules"
    DOCKER_HOST_PORT: Final = "a port of the host, under Docker"
    DOCKER_NETWORKS: Final = "several container networks, under Docker"
    EXCLUSIVE: Final = "networks, ports and parameters in a format or mode beside another one"
    FIELDS: Final = "fields that are read when a definition is sent again"
    FIXED_HOST_PORT: Final = "a port of the host that has a number"
    IPV6: Final = "the network dcos6"
    JOB_NETWORKS: Final = "networks of a job"
    NETWORK_NAMES: Final = "networks that ports name, and that are not its own"
    NO_DEPENDENCIES: Final = "dependencies that are null"
    PACKAGE: Final = "labels of a package"
    PACKAGE_OPTIONS: Final = "stored options of a package"
    PARAMETERS: Final = "docker parameters"
    PARAMETERS_ON_CALICO: Final = "docker parameters on Calico"
    POLICY_LABELS: Final = "labels of a network, under UCR"
    POLICY_LABELS_ELSEWHERE: Final = "labels of a network under Docker, or policy labels elsewhere"
    STRATEGY: Final = "a strategy of its own for restarts"
    UNUSUAL: Final = "networks that are not said in the usual way"
    VIPS: Final = "a VIP"
    VOLUMES: Final = "volumes that stay"

    # Of the text, and of the plan.
    MERGED: Final = "networks that become one"
    NAMED_ELSEWHERE: Final = "an old network's name in a place of its own"
    OVERLAY: Final = "a text like an address of the overlay"
    TWICE: Final = "a network that stands twice after the change"
    UNMOVED_LABELS: Final = "policy labels that could not be moved"
    UNNAMED: Final = "a network without a name that stays"
