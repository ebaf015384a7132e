"""Names that Marathon, Docker, Calico and UCR all accept, and that nobody has taken.

The one name is a Docker network, an IP pool, a profile, a label and a CNI network at the same time.
"""

from __future__ import annotations

import re

from calico_config.facts.known_ranges import DEFAULT_POOL
from calico_core.legible import quoted

LONGEST_NAME = 63
_NAME = re.compile(r"[a-z0-9]([-a-z0-9]*[a-z0-9])?\Z")
_ONLY_HEX = re.compile(r"[0-9a-f]+\Z")

# Who has a name already. Sources: dcos/dcos gen/calc.py (overlays, the UCR bridge) and gen/dcos-config.yaml
# (calico.conf); moby/moby runconfig (networks of every engine); projectcalico/node pkg/startup (the default
# pools) and projectcalico/libcalico-go (the reserved profile); apache/mesos (host networking).
TAKEN_NAMES: dict[str, str] = {
    "calico": "DC/OS has its own Calico network of this name",
    "dcos": "the DC/OS overlay has this name",
    "dcos6": "the DC/OS IPv6 overlay has this name",
    "mesos-bridge": "the bridge of UCR has this name",
    "bridge": "Docker has a network of this name on every agent",
    "host": "Docker has a network of this name on every agent",
    "none": "Docker has a network of this name on every agent",
    "default": "Docker keeps this name for itself",
    "ingress": "Docker keeps this name for its swarm mode",
    "container": "Docker reads this name as another container's network",
    "nat": "Docker keeps this name for itself",
    "docker0": "Docker's bridge has this name",
    DEFAULT_POOL: "Calico's own IP pool has this name",
    "default-ipv6-ippool": "Calico's own IP pool has this name",
    "projectcalico-default-allow": "Calico keeps this profile name for itself",
}

DCOS_PROFILE = "calico"
"""The profile that DC/OS itself makes; it allows everything and applies the label ``calico``."""


def shape_problem(name: str) -> str | None:
    """Why a name does not fit everywhere it is used; None where it does.

    Marathon takes ``^[a-z0-9]([-a-z0-9_]*[a-z0-9])?$`` and at most 63 characters, Calico DNS-1123 names
    without ``_``. Docker resolves a name of hex digits alone as the beginning of another network's id.
    """
    shown = quoted(name)
    if not name:
        return "the name is empty"
    if len(name) > LONGEST_NAME:
        return f"{shown} has {len(name)} characters; at most {LONGEST_NAME} are possible"
    if not _NAME.match(name):
        return f"{shown} is not made of a-z, 0-9 and -, with a letter or digit first and last"
    if _ONLY_HEX.match(name):
        return f"{shown} has only hex digits, which Docker takes for the beginning of a network's id"
    return None


def name_problem(name: str) -> str | None:
    """Why a new network cannot have this name; None where it can."""
    problem = shape_problem(name)
    if problem is None and name in TAKEN_NAMES:
        problem = f"{quoted(name)} is taken: {TAKEN_NAMES[name]}"
    return problem


def profile_problem(profile: str) -> str | None:
    """Why Docker's containers cannot get this profile; None where they can. ``calico`` is one that exists."""
    if profile == DCOS_PROFILE:
        return None
    if profile == "projectcalico-default-allow":
        return f"{quoted(profile)} is taken: {TAKEN_NAMES[profile]}"
    problem = shape_problem(profile)
    if problem is not None and _ONLY_HEX.match(profile) and len(profile) <= LONGEST_NAME:
        # No Docker network has the profile's name, so that nothing reads it as an id.
        return None
    return problem
